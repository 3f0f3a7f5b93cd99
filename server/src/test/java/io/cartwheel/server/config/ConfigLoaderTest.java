package io.cartwheel.server.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cartwheel.core.bucket.BucketType;
import io.cartwheel.core.bucket.Fanout;
import io.cartwheel.core.bucket.Quorum;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.version.ConflictPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigLoaderTest {
  @TempDir private Path folder;

  @Test
  void aFlagWinsOverAVariableOverTheFileOverTheDefault() throws Exception {
    Path file =
        file(
            """
            name = "from-file"
            cluster_name = "from-file"
            engine = "memory"
            """);
    Configuration loaded =
        ConfigLoader.load(
            Optional.of(file),
            Map.of("CARTWHEEL_NAME", "from-variable", "CARTWHEEL_CLUSTER_NAME", "from-variable"),
            Map.of("name", "from-flag"));
    assertThat(loaded.get(ConfigKeys.NAME)).isEqualTo("from-flag");
    assertThat(loaded.get(ConfigKeys.CLUSTER_NAME)).isEqualTo("from-variable");
    assertThat(loaded.get(ConfigKeys.ENGINE)).isEqualTo(Engine.MEMORY);
    assertThat(loaded.get(ConfigKeys.PARTITIONS)).isEqualTo(256);
  }

  @Test
  void eachValueKnowsItsSource() throws Exception {
    Path file = file("engine = \"memory\"\n");
    Configuration loaded =
        ConfigLoader.load(
            Optional.of(file), Map.of("CARTWHEEL_SHARDS", "2"), Map.of("http", "127.0.0.1:1"));
    assertThat(loaded.setting(ConfigKeys.ENGINE).source().described()).isEqualTo("file " + file);
    assertThat(loaded.setting(ConfigKeys.SHARDS).source().described())
        .isEqualTo("variable CARTWHEEL_SHARDS");
    assertThat(loaded.setting(ConfigKeys.HTTP).source().described()).isEqualTo("flag --http");
    assertThat(loaded.setting(ConfigKeys.PEER).source().described()).isEqualTo("default");
  }

  @Test
  void anUnknownKeyIsRefusedWithASuggestion() throws Exception {
    Path file =
        file(
            """
            initial_clutser = ""
            [limits]
            maxvalue = "1MiB"
            [bucket_types.carts]
            not_found_ok = true
            """);
    assertThat(refused(Optional.of(file), Map.of("CARTWHEEL_HTPP", "x"), Map.of()))
        .anySatisfy(problem -> assertThat(problem).contains("did you mean initial_cluster?"))
        .anySatisfy(problem -> assertThat(problem).contains("did you mean limits.max_value?"))
        .anySatisfy(
            problem -> assertThat(problem).contains("did you mean bucket_types.carts.notfound_ok?"))
        .anySatisfy(problem -> assertThat(problem).contains("did you mean CARTWHEEL_HTTP?"))
        .hasSize(4);
  }

  @Test
  void aKeyWithoutItsTableIsSuggestedWithIt() {
    assertThat(refused(Optional.empty(), Map.of(), Map.of("max_siblings", "3")))
        .containsExactly(
            "unknown key max_siblings (flag --set max_siblings): did you mean limits.max_siblings?");
  }

  @Test
  void aWrongValueIsRefusedWithKeyValueSourceAndWhatIsAllowed() {
    assertThat(refused(Optional.empty(), Map.of("CARTWHEEL_PARTITIONS", "100"), Map.of()))
        .containsExactly(
            "partitions = \"100\" (variable CARTWHEEL_PARTITIONS): must be a power of two up to"
                + " 65536");
    assertThat(refused(Optional.empty(), Map.of(), Map.of("timeouts.request", "5")))
        .singleElement()
        .asString()
        .contains("a time from 1ms to 10m");
  }

  @Test
  void variablesOfOthersAreLeftAlone() throws Exception {
    var environment =
        Map.of(
            "CARTWHEEL_HEAP", "1g",
            "CARTWHEEL_NODE", "127.0.0.1:8098",
            "CARTWHEEL_SERVICE_HOST", "10.0.0.1",
            "CARTWHEEL_PORT_8098_TCP_ADDR", "10.0.0.1",
            "CARTWHEEL_PORT", "tcp://10.0.0.1:8098",
            "PATH", "/bin");
    assertThat(ConfigLoader.load(Optional.empty(), environment, Map.of()).effective()).isNotEmpty();
  }

  @Test
  void aFileThatIsNotTomlIsRefusedWithThePlace() throws Exception {
    Path file = file("name = \"n1\"\nhttp = = 3\n");
    assertThat(refused(Optional.of(file), Map.of(), Map.of()))
        .singleElement()
        .asString()
        .startsWith("not TOML: ")
        .contains("line 2");
    assertThat(refused(Optional.of(folder.resolve("none.toml")), Map.of(), Map.of()))
        .singleElement()
        .asString()
        .startsWith("can't read the configuration file");
  }

  @Test
  void anAddressThatOthersReachIsRefusedUnlessWrittenOut() throws Exception {
    assertThat(refused(Optional.empty(), Map.of(), Map.of("http", "0.0.0.0:8098")))
        .singleElement()
        .asString()
        .startsWith("http = \"0.0.0.0:8098\" (flag --http): others could reach it")
        .contains("insecure = true");
    Configuration open =
        ConfigLoader.load(
            Optional.empty(), Map.of(), Map.of("http", "0.0.0.0:8098", "insecure", "true"));
    assertThat(open.get(ConfigKeys.HTTP)).isEqualTo(new HostPort("0.0.0.0", 8098));
  }

  @Test
  void theInitialClusterNamesThisNodeAndEachMemberOnce() {
    assertThat(refused(Optional.empty(), Map.of(), Map.of("initial_cluster", "n2=127.0.0.1:1")))
        .singleElement()
        .asString()
        .contains("does not name this node, n1");
    for (String wrong :
        List.of(
            "n1=127.0.0.1:1,n1=127.0.0.1:2",
            "n1=127.0.0.1:1,n2=127.0.0.1:1",
            "n1",
            "n1=",
            "n1=127.0.0.1:0",
            "n1=127.0.0.1:99999",
            "n1=127.0.0.1:1,")) {
      assertThat(refused(Optional.empty(), Map.of(), Map.of("initial_cluster", wrong)))
          .singleElement()
          .asString()
          .contains("must be NAME=HOST:PORT");
    }
  }

  @Test
  void theInitialClusterMayBeAListInTheFile() throws Exception {
    Path file = file("initial_cluster = [\"n2=127.0.0.1:2\", \"n1=[::1]:1\"]\n");
    Configuration loaded = ConfigLoader.load(Optional.of(file), Map.of(), Map.of());
    assertThat(loaded.get(ConfigKeys.INITIAL_CLUSTER)).hasToString("n1=[::1]:1,n2=127.0.0.1:2");
  }

  @Test
  void bucketTypesAreDeclaredInTables() throws Exception {
    Path file =
        file(
            """
            [limits]
            max_value = "2MiB"
            [bucket_types.default]
            allow_mult = false
            [bucket_types."a.b"]
            n = 5
            r = 1
            w = "all"
            pw = "one"
            fanout = "all"
            notfound_ok = false
            sloppy_quorum = false
            ttl = "30d"
            max_value = "3MiB"
            """);
    var types = ConfigLoader.load(Optional.of(file), Map.of(), Map.of()).bucketTypes();
    BucketType usual = requireNonNull(types.get(Bytes.utf8("default")));
    assertThat(usual.policy()).isEqualTo(ConflictPolicy.LAST_WRITE_WINS);
    assertThat(usual.quorums()).isEqualTo(BucketType.Quorums.DEFAULT);
    assertThat(usual.limits()).isEqualTo(new BucketType.Limits(2 << 20, 100, 8 << 20));
    BucketType other = requireNonNull(types.get(Bytes.utf8("a.b")));
    assertThat(other.n()).isEqualTo(5);
    assertThat(other.quorums().r()).isEqualTo(new Quorum.Exactly(1));
    assertThat(other.quorums().w()).isEqualTo(Quorum.ALL);
    assertThat(other.quorums().pw()).isEqualTo(Quorum.ONE);
    assertThat(other.quorums().notFoundOk()).isFalse();
    assertThat(other.quorums().sloppy()).isFalse();
    assertThat(other.fanout()).isEqualTo(Fanout.ALL);
    assertThat(other.policy()).isEqualTo(ConflictPolicy.SIBLINGS);
    assertThat(other.limits().valueBytes()).isEqualTo(3 << 20);
    assertThat(other.ttl()).contains(Duration.ofDays(30));
    assertThat(usual.ttl()).isEmpty();
  }

  @Test
  void theDefaultsAreThoseOfTheProtocol() {
    assertThat(Configuration.defaults().bucketTypes())
        .containsOnly(Map.entry(Bytes.utf8("default"), BucketType.byDefault()));
    assertThat(Configuration.defaults().get(ConfigKeys.REQUEST_TIMEOUT))
        .isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void quorumsAboveNAndSetsBelowAValueAreRefused() {
    assertThat(
            refused(
                Optional.empty(),
                Map.of(),
                Map.of("bucket_types.t.n", "2", "bucket_types.t.r", "3")))
        .containsExactly("bucket_types.t.r: more than n = 2");
    assertThat(refused(Optional.empty(), Map.of(), Map.of("limits.max_value", "16MiB")))
        .containsExactly(
            "bucket_types.default.max_set (8MiB): must not be less than max_value (16MiB)");
  }

  @Test
  void aTimeToLiveIsNothingOrASecondAtLeastAndAHundredYearsAtMost() throws Exception {
    assertThat(
            ConfigLoader.load(Optional.empty(), Map.of(), Map.of("bucket_types.t.ttl", "0s"))
                .bucketTypes()
                .get(Bytes.utf8("t")))
        .extracting(BucketType::ttl)
        .isEqualTo(Optional.empty());
    assertThat(refused(Optional.empty(), Map.of(), Map.of("bucket_types.t.ttl", "999ms")))
        .containsExactly("bucket_types.t.ttl: less than a second; 0 keeps values for ever");
    assertThat(refused(Optional.empty(), Map.of(), Map.of("bucket_types.t.ttl", "36501d")))
        .singleElement()
        .asString()
        .contains("a time from 0 to 36500d");
  }

  private List<String> refused(
      Optional<Path> file, Map<String, String> environment, Map<String, String> flags) {
    return catchThrowableOfType(
            ConfigException.class, () -> ConfigLoader.load(file, environment, flags))
        .problems();
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("cartwheel.toml"), text);
  }
}
