package io.cartwheel.cli.demo;

import io.cartwheel.cli.demo.cluster.DemoCluster;
import io.cartwheel.cli.demo.cluster.DemoNode;
import io.cartwheel.cli.demo.view.View;

/** What a newcomer is told first: where the nodes are, and what to try. */
record Introduction(DemoCluster cluster, DemoFolder folder, String cart) {

  void tell(View view) {
    view.say(
        "%d nodes of one cluster are up in this process: N=3, R=W=2, files in %s"
            .formatted(cluster.nodes().size(), folder.path()));
    for (DemoNode node : cluster.nodes()) {
      view.say("  %s  http://%s".formatted(node.name(), node.http()));
    }
    view.say("Try in another terminal:");
    view.say("  ./cartwheel siblings carts %s --node %s".formatted(cart, address(0)));
    view.say("  curl -i http://%s/buckets/carts/keys/%s".formatted(address(1), cart));
    view.say("  ./cartwheel ring show --node %s".formatted(address(2)));
    view.say("Here: kill 3, restart 3, partition 1,2 | 3,4,5, heal, cart alice; 'help' lists all.");
  }

  private String address(int index) {
    return cluster.addresses().get(index).toString();
  }
}
