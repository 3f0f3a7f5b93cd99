package io.cartwheel.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the {@code cartwheel} command is run. */
public sealed interface Launch {
  /** A test's heap for each node, so that several fit on a small machine. */
  String HEAP = "-Xmx256m";

  /** The command line that runs the command with these words. */
  List<String> command(List<String> words);

  /** By this JVM's own Java and class path. */
  static Launch classPath() {
    return classPath("io.cartwheel.cli.Main");
  }

  /** The same for a program of another name that takes the words of {@code cartwheel server}. */
  static Launch classPath(String mainClass) {
    return new ClassPath(System.getProperty("java.class.path", ""), mainClass);
  }

  /** By the launcher script of a source tree or a distribution. */
  static Launch launcher(Path script) {
    return new Launcher(script);
  }

  /** The same in a process that may open only so many files. */
  default Launch withFiles(int files) {
    return new FewFiles(this, files);
  }

  /** By a shell that lowers its limit first; the process id is the command's own. */
  record FewFiles(Launch launch, int files) implements Launch {
    @Override
    public List<String> command(List<String> words) {
      var command = new ArrayList<String>();
      command.addAll(List.of("sh", "-c", "ulimit -n " + files + " && exec \"$@\"", "sh"));
      command.addAll(launch.command(words));
      return command;
    }
  }

  /** By a class path. */
  record ClassPath(String path, String mainClass) implements Launch {
    @Override
    public List<String> command(List<String> words) {
      var command = new ArrayList<String>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("--sun-misc-unsafe-memory-access=allow");
      command.add("-XX:+UseSerialGC");
      command.add("-XX:TieredStopAtLevel=1");
      command.add(HEAP);
      command.add("-cp");
      command.add(path);
      command.add(mainClass);
      command.addAll(words);
      return command;
    }
  }

  /** By a script. */
  record Launcher(Path script) implements Launch {
    @Override
    public List<String> command(List<String> words) {
      var command = new ArrayList<String>();
      command.add(script.toString());
      command.addAll(words);
      return command;
    }
  }
}
