// nest: takes commands through the command table to the log.
import type { Type } from '@nestjs/common';
import { systemClock, type Clock } from '../kernel/clock.js';
import { FieldFact, type Command, type CorrectEntry } from '../kernel/command.js';
import { correct } from '../kernel/correct.js';
import { Invalid } from '../kernel/errors.js';
import { refuseFuture, moment } from '../kernel/moments.js';
import { schemaOf, type AnyShapes } from '../kernel/shapes.js';
import type { Answer, History, Intention, Transactions } from '../kernel/transact.js';
import type { Fact } from '../kernel/recorded.js';
import { Turns, type Turn, type TurnTaking } from '../kernel/turns.js';
import { orderOf } from './circumstances.js';
import { outcomeOf, outcomeOfError, type CommandObserver } from './outcome.js';
import type { References } from './references.js';
import { streamOf, type Room, type Row } from './room.js';
import { valid } from './validate.js';

/** A command with the table line that handles it; no row for corrections, which every room treats alike. */
interface Task {
  readonly room: Room;
  readonly row?: Row;
  readonly command: Command;
}

/** What a clerk works with beside the rules. */
interface Surroundings {
  readonly clock: Clock;
  readonly turns: TurnTaking;
  /** Hears how each command ended. */
  readonly ended: CommandObserver;
}

export class Clerk {
  private readonly around: Surroundings;
  private readonly desks = new Map<string, { room: Room; row?: Row; type: Type<Command> }>();

  constructor(
    private readonly rooms: readonly Room[],
    private readonly transactions: Transactions,
    private readonly references: References,
    private readonly shapes: AnyShapes,
    { clock = systemClock, turns = new Turns(), ended = () => undefined }: Partial<Surroundings> = {},
  ) {
    this.around = { clock, turns, ended };
    for (const room of rooms) {
      for (const row of room.rows) this.desks.set(row.command.name, { room, row, type: row.command });
      this.desks.set(room.correction.command.name, { room, type: room.correction.command });
    }
  }

  /** A command by its name and body. Throws `Invalid`. */
  command(name: string, body: object): Command {
    const desk = this.desks.get(name);
    if (!desk)
      throw new Invalid([
        { field: 'command', rule: `must be one of ${[...this.desks.keys()].join(', ')}`, value: name },
      ]);
    return valid(desk.type, body);
  }

  /** The correction of an entry of a record, by its body without the record's name. Throws `Invalid`. */
  correction(target: { room: string; about: object }, body: object): Command {
    const room = this.rooms.find(({ name }) => name === target.room);
    if (!room) throw new Invalid([{ field: 'room', rule: 'is not a room of this house', value: target.room }]);
    return valid(room.correction.command, { ...body, ...target.about });
  }

  /** Records commands about one record: all of them or none. Their circumstances are attached already. */
  async record(commands: readonly Command[]): Promise<Answer[]> {
    try {
      const answers = await this.recordTogether(commands);
      commands.forEach((command, index) => this.around.ended(command.constructor.name, outcomeOf(answers[index]!)));
      return answers;
    } catch (error) {
      for (const command of commands) this.around.ended(command.constructor.name, outcomeOfError(error));
      throw error;
    }
  }

  private async recordTogether(commands: readonly Command[]): Promise<Answer[]> {
    const tasks = commands.map((command) => this.task(command));
    const turns = tasks.flatMap(({ row, command }) => row?.turn?.(command, this.references) ?? []);
    const work = (turn?: Turn) => this.transactions.transact(tasks.map((task) => this.intention(task, turn)));
    refuseTogether(
      turns,
      tasks.map((task) => this.streamOf(task)),
    );
    return turns[0] === undefined ? work() : this.around.turns.take(turns[0], work);
  }

  private task(command: Command): Task {
    const { room, row } = this.desks.get(command.constructor.name)!;
    refuseFuture(command, this.around.clock.now());
    if (row?.id(command) === undefined) row?.name?.(command, orderOf(command).circumstances.commandId);
    return { room, command, ...(row && { row }) };
  }

  private streamOf({ room, row, command }: Task): string {
    return streamOf(room, row ? row.id(command)! : room.correction.id(command as CorrectEntry));
  }

  private intention(task: Task, turn?: Turn): Intention<unknown, Fact> {
    const { room, row, command } = task;
    const { reportedAt } = command;
    return {
      stream: this.streamOf(task),
      decider: room.decider,
      content: command,
      happenedAt: moment(command.happenedAt),
      ...(reportedAt && { reportedAt: moment(reportedAt) }),
      ...orderOf(command),
      onStateAlone: row !== undefined,
      decide: async (state, history) => {
        const facts = row
          ? row.decide(command, state, await row.context(command, this.references))
          : await this.correct(room, command as CorrectEntry, history);
        turn?.demand();
        return facts;
      },
    };
  }

  private async correct(room: Room, command: CorrectEntry, history: History<Fact>) {
    const id = room.correction.id(command);
    const { restated } = command;
    if (!restated) return correct(command, room.decider, history);
    const row = room.rows.find((candidate) => candidate.command.name === restated.command);
    if (!row) {
      const names = room.rows.map((candidate) => candidate.command.name).join(', ');
      throw new Invalid([{ field: 'restated.command', rule: `must be one of ${names}`, value: restated.command }]);
    }
    const meant = valid(row.command, restated.body);
    refuseFuture(meant, this.around.clock.now());
    if (row.id(meant) !== id) {
      const rule = `must stay ${id}; for another record say did_not_occur here and record it there`;
      throw new Invalid([{ field: 'restated.body', rule, value: row.id(meant) }]);
    }
    const context = await row.context(meant, this.references);
    // A restated fact is what happened, whatever the books said then; the note of the correction says why.
    const stated: Command = Object.assign(meant, { note: meant.note ?? command.note });
    if (stated instanceof FieldFact) stated.contradiction = 'confirmed';
    return correct(command, room.decider, history, async (before, wrong) => {
      const [fact] = row.decide(stated, before, { ...(context as object), instead: wrong });
      if (!fact) throw new Invalid([{ field: 'restated', rule: 'says what was so already before the wrong entry' }]);
      return { happenedAt: moment(meant.happenedAt), schema: schemaOf(this.shapes, fact.type), fact };
    });
  }
}

/** What is recorded together is about one record; decisions about stock are made one by one, to see what the last left. */
function refuseTogether(turns: readonly string[], streams: readonly string[]): void {
  const records = new Set(streams);
  if (records.size > 1)
    throw new Invalid([
      { field: 'commands', rule: `must be about one record, these are about ${[...records].join(', ')}` },
    ]);
  if (turns.length < 2) return;
  const rule = 'may hold one decision about the stock of a hub: record them one after the other';
  throw new Invalid([{ field: 'commands', rule }]);
}
