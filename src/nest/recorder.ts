// nest: one line for every route that takes a command.
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Command } from '../kernel/command.js';
import type { Answer } from '../kernel/transact.js';
import { ordered, type Order } from './circumstances.js';
import { recordedAnswer, type RecordedAnswer } from './recorded.answers.js';

@Injectable()
export class Recorder {
  constructor(private readonly bus: CommandBus) {}

  async record(command: Command, order: Order): Promise<RecordedAnswer> {
    return recordedAnswer(await this.bus.execute<Command, Answer>(ordered(command, order)));
  }
}
