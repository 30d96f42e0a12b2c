// Preloaded into a process and its threads: their clock is the machine's, shifted by as many milliseconds as a file says.
import { readFileSync } from 'node:fs';

const Real = globalThis.Date;
const file = process.env.RELIEF_FAULT_CLOCK;
const now = () => Real.now() + Number(readFileSync(file, 'utf8'));

globalThis.Date = class Date extends Real {
  constructor(...given) {
    super(...(given.length === 0 ? [now()] : given));
  }

  static now() {
    return now();
  }
};
