package io.cartwheel.simulator;

/** The menu of faults; each seed draws its own mix of them. */
public enum Fault {
  /** Messages take long now and then, and overtake each other. */
  DELAY,
  /** Messages vanish. */
  LOSS,
  /** Messages arrive twice. */
  DUPLICATION,
  /** One direction of a link is cut for a while. */
  ONE_WAY_CUT,
  /** The cluster falls into two parts for a while. */
  PARTITION,
  /** A process is killed: what it gave to its operating system stays. */
  KILL,
  /** A process is stopped as its operator would: what it knows of its records is kept. */
  CLEAN_STOP,
  /** A machine loses power: what was not synced is lost. */
  POWER_LOSS,
  /** A stored record of a living node is damaged. */
  DAMAGED_RECORD,
  /** Single reads and writes of the disk fail. */
  DISK_ERROR,
  /** The disk answers late. */
  SLOW_DISK,
  /** A disk is full for a while: it takes removals only, and is read as ever. */
  FULL_DISK,
  /** A node returns with a disk of earlier: all that was written since is lost. */
  OLD_DISK,
  /** A node returns with a new disk. */
  NEW_DISK,
  /** A wall clock jumps, up to a month. */
  CLOCK_JUMP,
  /** A process stands still for a while, its connections standing. */
  PAUSE,
  /** Everything that a process does comes late for a while. */
  SLOW_NODE,
  /** One direction of a link holds messages back, and then lets them all go. */
  CLOG,
  /** All nodes but one are killed, and come back after a while. */
  LAST_ONE_STANDING
}
