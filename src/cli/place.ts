// cli: where the log, the views and the attachments are, as options say it.
import { Option, type Command } from 'commander';
import type { Place } from '../store/place.js';

export interface PlaceOptions {
  readonly data: string;
  readonly eventStore?: string | undefined;
  readonly attachments?: string | undefined;
}

/** The command with the options that say where things are kept. */
export function kept(command: Command, folder = 'relief-data'): Command {
  return command
    .addOption(
      new Option('--data <dir>', 'folder that holds the log and the reports').env('RELIEF_DATA').default(folder),
    )
    .addOption(
      new Option('--event-store <address>', 'EventStoreDB that holds the log instead: esdb://host:2113').env(
        'RELIEF_EVENT_STORE',
      ),
    )
    .addOption(
      new Option('--attachments <dir>', 'folder for photos and scans that all nodes share').env('RELIEF_ATTACHMENTS'),
    );
}

export function placeOf({ data, eventStore, attachments }: PlaceOptions): Place {
  return { folder: data, ...(eventStore && { eventStore }), ...(attachments && { attachments }) };
}
