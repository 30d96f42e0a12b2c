// health: the routes, over the stores and the figures of the house.
import { Module, type DynamicModule } from '@nestjs/common';
import { Readiness } from '../kernel/readiness.js';
import { STORES, type Stores } from '../store/stores.js';
import { Checks } from './checks.js';
import { HealthController } from './health.controller.js';

@Module({ controllers: [HealthController] })
export class HealthModule {
  /** A node is not ready while its reports have lacked entries for more than so many milliseconds. */
  static within(lagMaxMs: number): DynamicModule {
    const checks = {
      provide: Checks,
      inject: [STORES, Readiness],
      useFactory: (stores: Stores, readiness: Readiness) => new Checks(stores, readiness, lagMaxMs),
    };
    return { module: HealthModule, providers: [checks] };
  }
}
