// bench, by hand: Nest, Fastify and the ValidationPipe in front of nothing, for the same requests.
import { Body, Controller, Module, Post, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import * as built from '../built.ts';
import { listening } from '../http/nest-server.ts';
import { serveUntilTold } from '../http/server.ts';

const { RecordDelivery } = await built.consignmentCommands();

class BareController {
  deliver({ consignment }: InstanceType<typeof RecordDelivery>) {
    return {
      id: consignment,
      stream: `consignment-${consignment}`,
      version: 1,
      position: 1,
      events: [],
      repeated: false,
    };
  }
}

class BareModule {}

// Decorators are applied by hand: type stripping knows no syntax for them.
const deliver = Object.getOwnPropertyDescriptor(BareController.prototype, 'deliver')!;
Reflect.defineMetadata('design:paramtypes', [RecordDelivery], BareController.prototype, 'deliver');
Body()(BareController.prototype, 'deliver', 0);
Post(':consignment/deliveries')(BareController.prototype, 'deliver', deliver);
Controller('consignments')(BareController);
Module({ controllers: [BareController] })(BareModule);

const app = await NestFactory.create<NestFastifyApplication>(BareModule, new FastifyAdapter(), { logger: ['error'] });
app.useGlobalPipes(new ValidationPipe({ transform: true, whitelist: true, forbidNonWhitelisted: true }));
await serveUntilTold(await listening(app), async () => null);
