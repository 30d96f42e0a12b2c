// store: what is said when the file of the log is not what was written.

/** The log cannot be believed any more. Names the file and what is wrong with it, and says what to do. */
export class DamagedLog extends Error {
  override readonly name = 'DamagedLog';
  /** What is wrong, without the advice. */
  readonly fault: string;

  constructor(file: string, fault: string) {
    super(
      `${file} is damaged: ${fault}. Stop the program, write nothing more, and keep the folder as it is. ` +
        'Restore the latest backup into an empty folder (docs/operations.md); "relief verify" lists what is damaged.',
    );
    this.fault = fault;
  }
}
