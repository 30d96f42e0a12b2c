// hub stock: a read room.
import { Module } from '@nestjs/common';
import { HubStockController } from './hub-stock.controller.js';

@Module({ controllers: [HubStockController] })
export class HubStockModule {}
