// test support: what the server says it can do.
import type { sendUnaryData } from '@grpc/grpc-js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import { failed } from './refusals.js';
import { silencedFor, type Station } from './station.js';

const { SupportedMethod, SupportedMethods } = features;

const VERSION = '23.10.0.0';
const STREAMS = 'event_store.client.streams.streams';
const METHODS: readonly (readonly [method: string, features: readonly string[]])[] = [
  ['append', []],
  ['batchappend', ['deadline_duration']],
  ['read', ['position', 'events']],
];

export const supportedMethods =
  (station: Station) =>
  (_call: unknown, answer: sendUnaryData<features.SupportedMethods>): void => {
    const { silence, failedFeatures } = station.faults.spots;
    if (silence.strike(silencedFor('everything'))) return;
    const code = failedFeatures.strike();
    if (code !== undefined) return answer(failed(code));
    const supported = METHODS.map(([method, known]) =>
      new SupportedMethod()
        .setServiceName(STREAMS)
        .setMethodName(method)
        .setFeaturesList([...known]),
    );
    answer(null, new SupportedMethods().setEventStoreServerVersion(VERSION).setMethodsList(supported));
  };
