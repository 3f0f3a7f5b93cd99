package io.cartwheel.transport;

import io.cartwheel.core.ring.MemberId;

/**
 * Which link to dial.
 *
 * @param number the link's number among those of the pair of nodes
 * @param owner who wants it
 */
record DialTarget(int number, MemberId member, NetworkSettings.Peer peer, LinkOwner owner) {}
