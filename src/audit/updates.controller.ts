// audit: tells whoever listens that the reports have moved on, whichever node recorded it.
import { Controller, Inject, Sse, type BeforeApplicationShutdown, type MessageEvent } from '@nestjs/common';
import { Observable, Subject, takeUntil } from 'rxjs';
import { Overloaded } from '../kernel/errors.js';
import { AnswersWithoutViews } from '../nest/fresh.guard.js';
import { openapi } from '../nest/openapi.js';
import { STORES, type Stores } from '../store/stores.js';

/** Each listener holds a connection. */
const LISTENERS_MAX = 200;

@AnswersWithoutViews()
@openapi.ApiTags('audit')
@Controller('updates')
export class UpdatesController implements BeforeApplicationShutdown {
  private readonly ending = new Subject<void>();
  private listeners = 0;

  constructor(@Inject(STORES) private readonly stores: Stores) {}

  /**
   * Server-sent events: position and number of events that this node's reports hold, at once and whenever they hold
   * more. It carries no facts: ask again for what you show.
   */
  @Sse()
  updates(): Observable<MessageEvent> {
    if (this.listeners >= LISTENERS_MAX) throw new Overloaded(LISTENERS_MAX);
    const { projector } = this.stores;
    return new Observable<MessageEvent>((listener) => {
      const tell = () => listener.next({ type: 'reports', data: { ...projector.checkpoint } });
      this.listeners++;
      tell();
      const stop = projector.onMoved(tell);
      return () => {
        this.listeners--;
        stop();
      };
    }).pipe(takeUntil(this.ending));
  }

  beforeApplicationShutdown(): void {
    this.ending.next();
  }
}
