// bench: deliveries on many consignments, as requests.
import { deliveryOf, openReference } from '../workload.ts';

export const CONSIGNMENTS = 1_000;
const HEADERS = { 'content-type': 'application/json', 'relief-actor': 'u-17:logistician' };

/** Requests that go from consignment to consignment, each another delivery. */
export class Deliveries {
  /** How many were made so far. */
  asked = 0;

  /** For the load generator; it makes each request from the one before. */
  requests() {
    const setupRequest = <R>(request: R) => {
      const nth = this.asked++;
      const consignment = nth % CONSIGNMENTS;
      const path = `/consignments/${openReference(consignment)}/deliveries`;
      return { ...request, path, body: JSON.stringify(deliveryOf(consignment, nth)) };
    };
    return { method: 'POST', headers: HEADERS, setupRequest };
  }
}
