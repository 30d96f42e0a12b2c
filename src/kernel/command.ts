// kernel: what every command says.
import { CORRECTION_REASONS, type CorrectionReason } from './corrections.js';
import { IsMoment } from './rules.js';
import { IsIn, IsObject, IsOptional, IsString, IsUUID, MaxLength, MinLength } from './validation.js';

/** What every command says beside its own content. */
export abstract class Command {
  /** When it happened: ISO 8601 date, or date and time with offset. Not more than five minutes ahead. */
  @IsMoment()
  happenedAt!: string;

  /** Only for old records: when the organisation knew. Left out, it is the moment of recording. */
  @IsOptional()
  @IsMoment()
  reportedAt?: string;

  /** Anything the next reader should know. No names of persons. */
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  note?: string;

  /** Where the statement stands: a document number, a page address. */
  @IsOptional()
  @IsString()
  @MaxLength(500)
  source?: string;
}

/** A field fact: it may contradict the books. */
export abstract class FieldFact extends Command {
  /** Say `confirmed`, with a note, to record a fact that the books do not agree with. */
  @IsOptional()
  @IsIn(['confirmed'])
  contradiction?: 'confirmed';
}

/** Says of an entry that it did not occur, or how it should have read. Works on any entry, corrections included. */
export class CorrectEntry extends Command {
  /** The wrong entry. */
  @IsUUID()
  event!: string;

  @IsIn(CORRECTION_REASONS)
  reason!: CorrectionReason;

  /** The command as it should have been given, by name and body; only with `incorrect_data`. */
  @IsOptional()
  @IsObject()
  restated?: { command: string; body: object };

  /** Why: the auditor reads this. */
  @IsString()
  @MinLength(3)
  @MaxLength(1000)
  declare note: string;
}
