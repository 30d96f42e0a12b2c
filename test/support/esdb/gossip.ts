// test support: who belongs to the cluster and who leads it.
import type { sendUnaryData } from '@grpc/grpc-js';
import gossipPb from '@eventstore/db-client/generated/gossip_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import { silencedFor, type Member, type Station } from './station.js';

const { ClusterInfo, EndPoint, MemberInfo } = gossipPb;
const { VNodeState } = MemberInfo;

export const gossip =
  (station: Station) =>
  (_call: unknown, answer: sendUnaryData<gossipPb.ClusterInfo>): void => {
    if (station.faults.spots.silence.strike(silencedFor('everything'))) return;
    answer(null, new ClusterInfo().setMembersList(station.members().map(memberInfo)));
  };

function memberInfo({ id, host, port, alive, leads }: Member): gossipPb.MemberInfo {
  return new MemberInfo()
    .setInstanceId(new shared.UUID().setString(id))
    .setState(leads ? VNodeState.LEADER : VNodeState.FOLLOWER)
    .setIsAlive(alive)
    .setHttpEndPoint(new EndPoint().setAddress(host).setPort(port));
}
