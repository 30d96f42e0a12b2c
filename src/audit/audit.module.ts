// audit: a read room.
import { Module } from '@nestjs/common';
import { AuditController } from './audit.controller.js';
import { DigestController } from './digest.controller.js';
import { RebuildController } from './rebuild.controller.js';
import { UpdatesController } from './updates.controller.js';

@Module({ controllers: [AuditController, DigestController, RebuildController, UpdatesController] })
export class AuditModule {}
