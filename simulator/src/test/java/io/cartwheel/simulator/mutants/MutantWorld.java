package io.cartwheel.simulator.mutants;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Our classes once more, in a class loader of their own, with a mutant's class in place of the real
 * one: production code needs no switch for its bugs.
 */
final class MutantWorld extends ClassLoader {
  private static final Path OWN_SOURCES = Path.of("src", "main", "java");
  private static final Path CORE_SOURCES = Path.of("..", "core").resolve(OWN_SOURCES);
  private static final String OURS = "io.cartwheel.";

  private final Path compiled;

  private MutantWorld(Path compiled) {
    super(MutantWorld.class.getClassLoader());
    this.compiled = compiled;
  }

  /** Compiles the mutant into the folder, and loads everything of ours around it. */
  static MutantWorld of(Mutant mutant, Path folder) throws IOException {
    String file = mutant.className().replace('.', '/') + ".java";
    Path ofCore = CORE_SOURCES.resolve(file);
    Path original = Files.exists(ofCore) ? ofCore : OWN_SOURCES.resolve(file);
    Path patched = folder.resolve(original.getFileName());
    Files.writeString(patched, mutant.applyTo(Files.readString(original)));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    var messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options = List.of("-proc:none", "-d", folder.toString(), "-cp", classPath());
      boolean compiled =
          compiler
              .getTask(messages, files, null, options, null, files.getJavaFileObjects(patched))
              .call();
      if (!compiled) {
        throw new IllegalStateException("mutant '" + mutant + "' does not compile: " + messages);
      }
    }
    return new MutantWorld(folder);
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      return known != null ? known : define(name);
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    String file = name.replace('.', '/') + ".class";
    Path mutated = compiled.resolve(file);
    try (InputStream bytes =
        Files.exists(mutated)
            ? Files.newInputStream(mutated)
            : getParent().getResourceAsStream(file)) {
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] code = bytes.readAllBytes();
      return defineClass(name, code, 0, code.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
