// exchange: a legal reference for any text.
import { createHash } from 'node:crypto';
import { REFERENCE } from '../kernel/identifiers.js';

const MAX = 40;
const DIGEST = 10;

/**
 * Capitals, digits and hyphens that still read like the text. Texts that differ only in case, accents or punctuation
 * share a reference; where letters had to go (too long, too short, another script), a digest of the text keeps it apart.
 */
export function cleanReference(text: string): string {
  const trimmed = text.trim().normalize('NFC');
  const bare = trimmed.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase();
  const words = hyphenated(bare, /[^A-Z0-9]+/g);
  const complete = !/[^A-Z0-9]/.test(bare.replace(/[^\p{L}\p{N}]/gu, ''));
  if (complete && REFERENCE.test(words)) return words;
  const stem = hyphenated(words.slice(0, MAX - DIGEST - 1), /-+/g);
  return [stem, digest(trimmed)].filter(Boolean).join('-');
}

function hyphenated(text: string, gaps: RegExp): string {
  return text.replace(gaps, '-').replace(/^-|-$/g, '');
}

/** 48 bits in ten capitals and digits. */
function digest(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex').slice(0, 12);
  return Number.parseInt(hex, 16).toString(36).toUpperCase().padStart(DIGEST, '0');
}
