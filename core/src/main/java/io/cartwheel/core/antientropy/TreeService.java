package io.cartwheel.core.antientropy;

import io.cartwheel.core.item.Hash128;
import io.cartwheel.core.merkle.MerkleTree;
import io.cartwheel.core.merkle.TreeId;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.Message.Likeness;
import io.cartwheel.core.message.Message.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** This shard's trees as other members see them: answers what an exchange asks. */
final class TreeService {
  /** Each member has one under way at a time; what asks for more is beside itself. */
  private static final int MOST_LISTINGS = 16;

  private final Trees trees;
  private final KeyLister lister;
  private int listings;

  TreeService(Trees trees, KeyLister lister) {
    this.trees = trees;
    this.lister = lister;
  }

  void serve(Message.TreeRequest request, Consumer<Message.Reply> reply) {
    switch (request) {
      case Message.CompareRoots roots -> reply.accept(compare(roots));
      case Message.CompareBranches branches -> reply.accept(compare(branches));
      case Message.ListKeys keys -> list(keys, reply);
    }
  }

  private Message.Reply compare(Message.CompareRoots asked) {
    List<Likeness> likeness = asked.trees().stream().map(this::compare).toList();
    return new Message.RootsCompared(asked.id(), likeness);
  }

  private Likeness compare(Message.TreeRoot asked) {
    if (!trees.has(asked.tree())) {
      return Likeness.NOT_SHARED;
    }
    return trees
        .find(asked.tree())
        .map(tree -> tree.root().equals(asked.root()) ? Likeness.SAME : Likeness.DIFFERENT)
        .orElse(Likeness.NOT_READY);
  }

  private Message.Reply compare(Message.CompareBranches asked) {
    return find(asked.tree())
        .<Message.Reply>map(
            tree -> new Message.BranchesCompared(asked.id(), differing(tree, asked.branches())))
        .orElse(new Message.Refused(asked.id(), Refusal.NOT_READY));
  }

  private Optional<MerkleTree> find(TreeId tree) {
    return trees.has(tree) ? trees.find(tree) : Optional.empty();
  }

  private static List<Message.BranchLeaves> differing(MerkleTree tree, List<Hash128> theirs) {
    List<Hash128> ours = tree.branches();
    var differing = new ArrayList<Message.BranchLeaves>();
    for (int number = 0; number < MerkleTree.BRANCHES; number++) {
      if (!ours.get(number).equals(theirs.get(number))) {
        differing.add(new Message.BranchLeaves(number, tree.leaves(number)));
      }
    }
    return differing;
  }

  private void list(Message.ListKeys asked, Consumer<Message.Reply> reply) {
    if (find(asked.tree()).isEmpty()) {
      reply.accept(new Message.Refused(asked.id(), Refusal.NOT_READY));
      return;
    }
    if (listings == MOST_LISTINGS) {
      reply.accept(new Message.Refused(asked.id(), Refusal.OVERLOADED));
      return;
    }
    listings++;
    lister.list(
        asked.tree(),
        asked.segments(),
        asked.after(),
        page -> {
          listings--;
          reply.accept(
              page.<Message.Reply>map(
                      listed -> new Message.KeysListed(asked.id(), listed.keys(), listed.upTo()))
                  .orElse(new Message.Refused(asked.id(), Refusal.STORAGE_FAILED)));
        });
  }
}
