// duty relief: a read room.
import { Module } from '@nestjs/common';
import { DutyReliefController } from './duty-relief.controller.js';

@Module({ controllers: [DutyReliefController] })
export class DutyReliefModule {}
