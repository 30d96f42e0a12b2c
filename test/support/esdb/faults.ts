// test support: what can go wrong between a client and its server, one method each.
import { status } from '@grpc/grpc-js';
import { FaultSpot, type Fault, type Times } from './fault-spot.js';

/** Whose calls a silent server leaves without an answer. */
export type Silenced = 'appends' | 'reads' | 'everything';

/** Each method arms a fault and hands it out, so that a test can count how often it struck, and lift it. */
export class Faults {
  /** Where the server looks whether something is to go wrong. */
  readonly spots = {
    lostAck: new FaultSpot<'unavailable' | 'silence'>(),
    refusedAppend: new FaultSpot<'unavailable'>(),
    halfClosedBatch: new FaultSpot<'end'>(),
    timedOutWrite: new FaultSpot<{ readonly stored: boolean }>(),
    wrongClock: new FaultSpot<'past deadline'>(),
    notLeader: new FaultSpot<'not leader'>(),
    silence: new FaultSpot<Silenced>(),
    brokenRead: new FaultSpot<{ readonly after: number }>(),
    droppedSubscription: new FaultSpot<{ readonly after: number; readonly how: 'error' | 'end' }>(),
    repeatedEvents: new FaultSpot<{ readonly events: number }>(),
    checkpointAhead: new FaultSpot<'ahead'>(),
    failedFeatures: new FaultSpot<status>(),
    slowRead: new FaultSpot<{ readonly milliseconds: number }>(),
  };

  /** The append is stored, its answer is lost: the call fails with UNAVAILABLE, or is never answered. */
  loseAck({ answer = 'unavailable', ...times }: Times & { answer?: 'unavailable' | 'silence' } = {}): Fault {
    return this.spots.lostAck.arm(answer, times);
  }

  /** UNAVAILABLE before anything is stored. */
  refuseAppend(times: Times = {}): Fault {
    return this.spots.refusedAppend.arm('unavailable', times);
  }

  /** The server ends the stream of batches with OK in place of an answer; nothing is stored. */
  halfCloseBatch(times: Times = {}): Fault {
    return this.spots.halfClosedBatch.arm('end', times);
  }

  /** The write timed out: ABORTED, or Timeout in a batch. It may be stored all the same. */
  timeOutWrite({ stored = false, ...times }: Times & { stored?: boolean } = {}): Fault {
    return this.spots.timedOutWrite.arm({ stored }, times);
  }

  /** The deadline in a batch is past by the clock of the server: Timeout, nothing is stored. */
  runAheadOfClientClock(times: Times = {}): Fault {
    return this.spots.wrongClock.arm('past deadline', times);
  }

  /** The node says another one leads, and names it: on one node, itself. */
  denyLeadership(times: Times = {}): Fault {
    return this.spots.notLeader.arm('not leader', times);
  }

  /** Calls are accepted and never answered, until this is lifted; then open subscriptions go on, lost calls stay lost. */
  fallSilent({ of = 'everything', times = Infinity }: Times & { of?: Silenced } = {}): Fault {
    return this.spots.silence.arm(of, { times });
  }

  /** UNAVAILABLE in a read once it has delivered so many events. */
  breakRead({ after = 1, ...times }: Times & { after?: number } = {}): Fault {
    return this.spots.brokenRead.arm({ after }, times);
  }

  /** UNAVAILABLE in a subscription, an open one too, once it has delivered so many events. */
  dropSubscription({ after = 0, ...times }: Times & { after?: number } = {}): Fault {
    return this.spots.droppedSubscription.arm({ after, how: 'error' }, times);
  }

  /** A clean end of a subscription, an open one too, once it has delivered so many events. */
  endSubscription({ after = 0, ...times }: Times & { after?: number } = {}): Fault {
    return this.spots.droppedSubscription.arm({ after, how: 'end' }, times);
  }

  /** The next subscription starts so many events before the position it asks for. */
  repeatEvents({ events = 3, ...times }: Times & { events?: number } = {}): Fault {
    return this.spots.repeatedEvents.arm({ events }, times);
  }

  /** A filtered subscription is told the head of the log as its checkpoint before it is given anything. */
  sendCheckpointAhead(times: Times = {}): Fault {
    return this.spots.checkpointAhead.arm('ahead', times);
  }

  /** GetSupportedMethods fails. */
  failFeatures({ code = status.INTERNAL, ...times }: Times & { code?: status } = {}): Fault {
    return this.spots.failedFeatures.arm(code, times);
  }

  /** Each event that is read comes so much later, until this is lifted. */
  slowReads({ milliseconds = 20, times = Infinity }: Times & { milliseconds?: number } = {}): Fault {
    return this.spots.slowRead.arm({ milliseconds }, { times });
  }

  /** The server is well again. */
  liftAll(): void {
    for (const spot of Object.values(this.spots)) spot.liftAll();
  }
}
