package io.cartwheel.cli.item;

import io.cartwheel.cli.console.Console;
import io.cartwheel.cli.console.Json;
import io.cartwheel.cli.http.Headers;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells what became of a write. */
record WriteReport(Console console, ItemName name, boolean json) {

  void stored(Version version, Written written) {
    if (json) {
      Map<String, Object> members = members(written);
      members.put("bytes", version.value().length());
      members.put("content_type", Headers.fromWire(version.contentType()));
      Json.print(console.out(), members);
      return;
    }
    console
        .out()
        .println(
            "stored "
                + name
                + ": "
                + version.value().length()
                + " bytes, "
                + version.contentType());
    tellContext(written);
  }

  void deleted(Written written) {
    if (json) {
      Json.print(console.out(), members(written));
      return;
    }
    console.out().println("deleted " + name);
    tellContext(written);
  }

  private void tellContext(Written written) {
    if (written.context().isPresent()) {
      console.out().println("context  " + written.context().get());
    } else {
      console
          .out()
          .println(
              "other versions stand beside it: 'cartwheel siblings "
                  + name.words()
                  + "' shows them and a context for all");
    }
  }

  private Map<String, Object> members(Written written) {
    var members = new LinkedHashMap<String, Object>();
    members.put("type", name.type());
    members.put("bucket", name.bucket());
    members.put("key", name.key());
    members.put("context", written.context());
    members.put("session", written.session());
    return members;
  }
}
