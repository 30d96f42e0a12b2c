// tracking: a read room.
import { Module } from '@nestjs/common';
import { TrackingController } from './tracking.controller.js';

@Module({ controllers: [TrackingController] })
export class TrackingModule {}
