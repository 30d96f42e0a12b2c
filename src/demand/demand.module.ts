// demand: a read room.
import { Module } from '@nestjs/common';
import { DemandController } from './demand.controller.js';

@Module({ controllers: [DemandController] })
export class DemandModule {}
