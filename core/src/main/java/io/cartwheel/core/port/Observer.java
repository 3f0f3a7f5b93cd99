package io.cartwheel.core.port;

/** Hears what the protocol does, for metrics and probes. Must neither block nor throw. */
public interface Observer {
  /** Something happened that is counted. */
  void count(Event event);

  /** A read was answered with so many versions. */
  void siblings(int count);

  /** What is counted. */
  enum Event {
    /** A replica was sent what it lacked after a read. */
    READ_REPAIR,
    /** The digests of a read differed, so full states were asked for. */
    DIGEST_MISMATCH,
    /** A read asked one more replica because one was slow. */
    READ_EXTENDED,
    /** A recovering replica was counted, because too few whole ones answered. */
    RECOVERING_COUNTED,
    /** A write was handed to a member of its preference list. */
    PUT_FORWARDED,
    /** A forwarded write was sent to the next member, under the same request id. */
    PUT_RETRIED,
    /** A forwarded write went to the next member because its coordinator fell silent. */
    PUT_HEDGED,
    /** A member that is no owner coordinated a write, since no owner could. */
    STAND_IN_COORDINATED,
    /** A stand-in was asked to keep a write for an owner that can't be reached. */
    STAND_IN_ASKED,
    /** A stand-in was asked to keep a write for an owner that was merely slow. */
    SLOW_OWNER_HEDGED,
    /** A hedged write was answered before the slow owner had it. */
    HEDGE_WON,
    /** A read was answered with what a stand-in held. */
    STAND_IN_READ,
    /** A member began to keep a key's record for an owner. */
    HINT_KEPT,
    /** A coordinator kept a write for an owner itself, since nobody else was left. */
    HINT_KEPT_HERE,
    /** One member keeps one write for several owners. */
    OWES_SEVERAL,
    /** An owner has durably taken what was kept for it. */
    HINT_DELIVERED,
    /** A hint was not taken, because the quota of hints is used up. */
    HINT_REFUSED,
    /** A hint was found again after a restart. */
    HINT_SURVIVED,
    /** A member that answered before came under suspicion. */
    SUSPECTED,
    /** This shard was held up itself, for longer than it takes to be suspected. */
    HELD_UP,
    /** A repeated request found its twin and minted no dot. */
    RETRY_RECOGNISED,
    /** A new epoch was opened for a key. */
    EPOCH_OPENED,
    /** Exchange made a key equal at two members. */
    EXCHANGE_REPAIRED,
    /** A key that had differed was found equal at the second look. */
    SECOND_LOOK_AGREED,
    /** A member was compared with for the first time since the start. */
    EXCHANGED_SINCE_START,
    /** A node that had lost data has exchanged with all others, and is whole. */
    NODE_REFILLED,
    /** A tree that was vouched for turned out to be another. */
    TREE_MENDED,
    /** A state was not taken, because its work began too long ago. */
    OUTDATED_REFUSED,
    /** A key, or a part of what it had seen, was forgotten by proof. */
    FORGOTTEN,
    /** A node found that its directory is older than what it told others, or new. */
    RETURNED_OLDER,
    /** A damaged record was set aside. */
    RECORD_QUARANTINED,
    /** A key whose record was lost heard from all other primaries and is whole again. */
    KEY_RECOVERED,
    /** A merge met two values under one dot: a disk was copied. */
    DOT_SHARED,
    /** A write was refused for its key's number of siblings or their size. */
    SIBLINGS_REFUSED,
    /** A read left out a value that had expired. */
    EXPIRED_HIDDEN,
    /** Work was dropped because its deadline had passed. */
    EXPIRED_DROPPED,
    /** A request was refused because too much was queued. */
    OVERLOADED,
    /** The engine failed to read or write. */
    STORAGE_FAILED
  }
}
