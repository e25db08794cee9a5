package dev.millrace.sql.function;

import dev.millrace.dataflow.row.Jsonb;
import java.util.ArrayList;
import java.util.List;

/** The parts of a json text, which is known to be JSON, as they are written in it. */
public final class JsonSlices {
    /** A member of an object, its value as it is written. */
    public record Member(String key, String value) {}

    private final String text;
    private int at;

    private JsonSlices(String text) {
        this.text = text;
    }

    /** The first character that is no blank. */
    public static char kind(String json) {
        JsonSlices slices = new JsonSlices(json);
        slices.skipBlanks();
        return slices.peek();
    }

    /** An object's members, in their order; none of all else. */
    public static List<Member> members(String json) {
        JsonSlices slices = new JsonSlices(json);
        List<Member> members = new ArrayList<>();
        if (!slices.enter('{', '}')) {
            return members;
        }
        do {
            String key = string(slices.value());
            slices.at++;
            members.add(new Member(key, slices.value()));
        } while (slices.isFollowed());
        return members;
    }

    /** An array's elements; none of all else. */
    public static List<String> elements(String json) {
        JsonSlices slices = new JsonSlices(json);
        List<String> elements = new ArrayList<>();
        if (!slices.enter('[', ']')) {
            return elements;
        }
        do {
            elements.add(slices.value());
        } while (slices.isFollowed());
        return elements;
    }

    /** What a JSON string stands for. */
    static String string(String json) {
        return Jsonb.parse(json) instanceof Jsonb.Text(String value) ? value : json;
    }

    /** Goes behind the opening bracket; false if there is none, or nothing in it. */
    private boolean enter(char open, char close) {
        skipBlanks();
        if (peek() != open) {
            return false;
        }
        at++;
        skipBlanks();
        return peek() != close;
    }

    /** Goes behind a value and the blanks after it, and gives the value. */
    private String value() {
        skipBlanks();
        int start = at;
        int depth = 0;
        do {
            switch (peek()) {
                case '{', '[' -> {
                    depth++;
                    at++;
                }
                case '}', ']' -> {
                    depth--;
                    at++;
                }
                case '"' -> skipString();
                case ',', ':', ' ', '\t', '\n', '\r' -> at++;
                default -> skipWord();
            }
        } while (depth > 0);
        String value = text.substring(start, at);
        skipBlanks();
        return value;
    }

    /** Goes behind a comma, if there is one. */
    private boolean isFollowed() {
        return text.charAt(at++) == ',';
    }

    private void skipString() {
        at++;
        while (peek() != '"') {
            at += peek() == '\\' ? 2 : 1;
        }
        at++;
    }

    private void skipWord() {
        while (at < text.length() && " \t\n\r,:]}".indexOf(peek()) < 0) {
            at++;
        }
    }

    private void skipBlanks() {
        while (at < text.length() && " \t\n\r".indexOf(peek()) >= 0) {
            at++;
        }
    }

    private char peek() {
        return text.charAt(at);
    }
}
