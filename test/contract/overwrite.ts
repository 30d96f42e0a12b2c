// Changes a log behind everybody's back.
import { DatabaseSync } from 'node:sqlite';

/** Past triggers and references, as a fault of the disk would. */
export function overwrite(file: string, change: string): void {
  const db = new DatabaseSync(file, { enableForeignKeyConstraints: false });
  const triggers = db.prepare(`SELECT name, sql FROM sqlite_master WHERE type = 'trigger'`).all();
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${String(name)}`);
  db.exec(change);
  for (const { sql } of triggers) db.exec(String(sql));
  db.close();
}
