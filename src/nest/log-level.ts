// nest: how much the server says about its own running.
const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

export type LogLevel = (typeof LEVELS)[number];

/** The level that RELIEF_LOG_LEVEL states. Throws with a sentence when there is no such level. */
export function logLevel(stated: string | undefined, otherwise: LogLevel): LogLevel {
  if (stated === undefined || stated === '') return otherwise;
  const level = LEVELS.find((known) => known === stated);
  if (level) return level;
  throw new Error(`RELIEF_LOG_LEVEL must be one of ${LEVELS.join(', ')} (was ${stated}).`);
}
