// nest: what the environment states about a server, read before anything is opened.
import { lagMaxMs } from '../health/checks.js';
import { logLevel, type LogLevel } from './log-level.js';
import { inHandMax } from './overload.js';

export interface Limits {
  /** For how long the reports may lack entries of the log, in milliseconds. */
  readonly lagMaxMs: number;
  /** Requests in hand at a time. */
  readonly inHandMax: number;
}

/** Throws with a sentence when a limit is no number. */
export function statedLimits(): Limits {
  return {
    lagMaxMs: lagMaxMs(process.env['RELIEF_LAG_MAX_MS']),
    inHandMax: inHandMax(process.env['RELIEF_IN_HAND_MAX']),
  };
}

/** The level of the server's own lines, or else this one. Throws with a sentence when there is no such level. */
export function statedLevel(otherwise: LogLevel): LogLevel {
  return logLevel(process.env['RELIEF_LOG_LEVEL'], otherwise);
}
