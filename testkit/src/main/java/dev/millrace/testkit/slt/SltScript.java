package dev.millrace.testkit.slt;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * A script of sqllogictest, as far as it is for Postgres: entries that are conditional on another engine are left out, and so is what comes after a {@code halt}.
 *
 * @param name its file
 */
public record SltScript(String name, List<SltRecord> records) {
    private static final String ENGINE = "postgresql";
    private static final String FOLDER = "test/";
    private static final String ENDING = ".test";

    /** One that every collection has; where it is, the others are. */
    private static final String FIRST = "select1";

    public SltScript {
        records = List.copyOf(records);
    }

    /** The names of all scripts on the class path, in order: {@code select1}, {@code index/view/10/slt_good_1}. */
    public static List<String> names() {
        URL first = SltScript.class.getClassLoader().getResource(FOLDER + FIRST + ENDING);
        if (first == null) {
            throw new IllegalStateException("the scripts of sqllogictest are not on the class path");
        }
        try {
            return ((JarURLConnection) first.openConnection())
                    .getJarFile().stream()
                            .map(ZipEntry::getName)
                            .filter(entry -> entry.startsWith(FOLDER) && entry.endsWith(ENDING))
                            .map(entry -> entry.substring(FOLDER.length(), entry.length() - ENDING.length()))
                            .sorted()
                            .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the scripts of sqllogictest", e);
        }
    }

    /** The script of this name on the class path. */
    public static SltScript named(String name) {
        InputStream text = SltScript.class.getClassLoader().getResourceAsStream(FOLDER + name + ENDING);
        if (text == null) {
            throw new IllegalArgumentException("no script " + name);
        }
        return read(name, text);
    }

    /** The script in this file. */
    public static SltScript of(Path file) {
        try {
            return read(file.toString(), Files.newInputStream(file));
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    private static SltScript read(String name, InputStream text) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8))) {
            return new SltScript(name, new Reader(lines).records());
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    /** Takes a script apart. */
    static final class Reader {
        private final BufferedReader lines;
        private final List<SltRecord> records = new ArrayList<>();
        private int line;

        Reader(BufferedReader lines) {
            this.lines = lines;
        }

        List<SltRecord> records() throws IOException {
            boolean applies = true;
            for (String text = next(); text != null; text = next()) {
                String[] words = text.strip().split("\\s+", -1);
                switch (words[0]) {
                    case "skipif" -> applies &= !words[1].equals(ENGINE);
                    case "onlyif" -> applies &= words[1].equals(ENGINE);
                    case "halt" -> {
                        if (applies) {
                            return records;
                        }
                        applies = true;
                    }
                    case "statement", "query" -> {
                        SltRecord record = words[0].equals("query") ? query(words) : statement(words);
                        if (applies) {
                            records.add(record);
                        }
                        applies = true;
                    }
                    default -> {
                        if (!text.isBlank() && !text.startsWith("#") && !words[0].equals("hash-threshold")) {
                            throw new IOException("line " + line + " is none of sqllogictest: " + text);
                        }
                    }
                }
            }
            return records;
        }

        private SltRecord statement(String[] words) throws IOException {
            int start = line;
            return new SltRecord.Statement(start, block().sql, words[1].equals("ok"));
        }

        private SltRecord query(String[] words) throws IOException {
            int start = line;
            SltRecord.Order order = words.length > 2
                    ? SltRecord.Order.valueOf(words[2].toUpperCase(Locale.ROOT))
                    : SltRecord.Order.NOSORT;
            Block block = block();
            return new SltRecord.Query(start, block.sql, words[1], order, block.expected);
        }

        /** What stands up to an empty line. */
        private record Block(String sql, List<String> expected) {}

        private Block block() throws IOException {
            List<String> sql = new ArrayList<>();
            List<String> expected = new ArrayList<>();
            List<String> part = sql;
            for (String text = next(); text != null && !text.isBlank(); text = next()) {
                if (text.startsWith("----")) {
                    part = expected;
                } else {
                    part.add(text);
                }
            }
            return new Block(String.join("\n", sql), expected);
        }

        private @Nullable String next() throws IOException {
            line++;
            return lines.readLine();
        }
    }
}
