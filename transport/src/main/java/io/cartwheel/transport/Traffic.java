package io.cartwheel.transport;

/**
 * What went over the network since the start, and what stands now.
 *
 * @param outgoing links that stand to peers
 * @param incoming links that stand from peers
 * @param bytesIn frames received, in bytes
 * @param bytesOut frames written, in bytes
 * @param framesIn frames received
 * @param framesOut frames written
 * @param dialsFailed dials of ours that led to no link
 * @param handshakesRefused connections of others that were refused
 * @param malformed connections closed for bytes that do not decode
 * @param ignored frames of a kind unknown here
 * @param unsent requests not sent because too much waited
 * @param hops requests handed to another shard than the link's
 */
public record Traffic(
    long outgoing,
    long incoming,
    long bytesIn,
    long bytesOut,
    long framesIn,
    long framesOut,
    long dialsFailed,
    long handshakesRefused,
    long malformed,
    long ignored,
    long unsent,
    long hops) {}
