package dev.millrace.dataflow.row;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Postgres's jsonb: a document, not its text. Of a key that is given twice the last value stands, numbers keep their scale. Equality and order are Postgres's: by kind (null, text, number,
 * bool, array, object), arrays and objects by length first; 1.0 and 1.00 are equal and shown otherwise.
 */
public sealed interface Jsonb extends Comparable<Jsonb> {
    record Null() implements Jsonb {
        @Override
        public String toString() {
            return JsonbText.of(this);
        }
    }

    record Text(String value) implements Jsonb {
        @Override
        public String toString() {
            return JsonbText.of(this);
        }
    }

    /** A finite number. */
    record Numeric(Decimal value) implements Jsonb {
        @Override
        public String toString() {
            return JsonbText.of(this);
        }
    }

    record Bool(boolean value) implements Jsonb {
        @Override
        public String toString() {
            return JsonbText.of(this);
        }
    }

    record Array(List<Jsonb> elements) implements Jsonb {
        public Array {
            elements = List.copyOf(elements);
        }

        @Override
        public String toString() {
            return JsonbText.of(this);
        }
    }

    /** An object: its members in the order of their keys, no two of one key. */
    record Members(List<Member> members) implements Jsonb {
        public Members {
            members = List.copyOf(members);
        }

        /** The object of these members, in any order; of those of one key the last stands. */
        public static Members of(List<Member> members) {
            SortedMap<String, Member> byKey = new TreeMap<>(Member::compareKeys);
            members.forEach(member -> byKey.put(member.key, member));
            return new Members(List.copyOf(byKey.values()));
        }

        /** The value of a key; null if there is none. */
        public @Nullable Jsonb get(String key) {
            int from = 0;
            int to = members.size() - 1;
            while (from <= to) {
                int middle = (from + to) >>> 1;
                int order = Member.compareKeys(members.get(middle).key, key);
                if (order == 0) {
                    return members.get(middle).value;
                }
                if (order < 0) {
                    from = middle + 1;
                } else {
                    to = middle - 1;
                }
            }
            return null;
        }

        @Override
        public String toString() {
            return JsonbText.of(this);
        }
    }

    /** A key of an object with its value. */
    record Member(String key, Jsonb value) {
        /** Shorter keys (in bytes of UTF-8) first, those of one length by their bytes. */
        static int compareKeys(String left, String right) {
            int order = Integer.compare(utf8Length(left), utf8Length(right));
            return order != 0 ? order : Values.compareText(left, right);
        }

        private static int utf8Length(String text) {
            int length = text.length();
            for (int i = 0; i < text.length(); i++) {
                char unit = text.charAt(i);
                // A surrogate is half of four bytes.
                length += unit < 0x80 ? 0 : unit < 0x800 || Character.isSurrogate(unit) ? 1 : 2;
            }
            return length;
        }
    }

    /**
     * The document in a text.
     *
     * @throws dev.millrace.error.MillraceException {@code DATA_ERROR} if it is none, or one that Postgres's jsonb cannot hold
     */
    static Jsonb parse(String text) {
        return JsonParser.jsonb(text);
    }

    /**
     * A text that is JSON, as Postgres's json keeps it: unchanged.
     *
     * @throws dev.millrace.error.MillraceException {@code DATA_ERROR} if it is none
     */
    static String requireJson(String text) {
        JsonParser.require(text);
        return text;
    }

    /** As a whole document, a scalar is compared as an array of one element that comes before others of one element. */
    @Override
    default int compareTo(Jsonb other) {
        boolean isArray = this instanceof Array;
        if (isArray == other instanceof Array || this instanceof Members || other instanceof Members) {
            return compareNested(other);
        }
        int ofArray =
                Integer.compare(((Array) (isArray ? this : other)).elements().size(), 1);
        int order = ofArray == 0 ? 1 : ofArray;
        return isArray ? order : -order;
    }

    /** The order of what stands within documents. */
    private int compareNested(Jsonb other) {
        return switch (this) {
            case Text text when other instanceof Text that -> Values.compareText(text.value, that.value);
            case Numeric number when other instanceof Numeric that -> number.value.compareTo(that.value);
            case Bool bool when other instanceof Bool that -> Boolean.compare(bool.value, that.value);
            case Array array when other instanceof Array that -> compareArrays(array.elements, that.elements);
            case Members object when other instanceof Members that -> compareObjects(object.members, that.members);
            default -> Integer.compare(kind(this), kind(other));
        };
    }

    private static int kind(Jsonb value) {
        return switch (value) {
            case Null ignored -> 0;
            case Text ignored -> 1;
            case Numeric ignored -> 2;
            case Bool ignored -> 3;
            case Array ignored -> 4;
            case Members ignored -> 5;
        };
    }

    private static int compareArrays(List<Jsonb> left, List<Jsonb> right) {
        int order = Integer.compare(left.size(), right.size());
        for (int i = 0; order == 0 && i < left.size(); i++) {
            order = left.get(i).compareNested(right.get(i));
        }
        return order;
    }

    private static int compareObjects(List<Member> left, List<Member> right) {
        int order = Integer.compare(left.size(), right.size());
        for (int i = 0; order == 0 && i < left.size(); i++) {
            order = Values.compareText(left.get(i).key, right.get(i).key);
            order = order != 0 ? order : left.get(i).value.compareNested(right.get(i).value);
        }
        return order;
    }

    /** Orders documents that are equal by the scales of their numbers. */
    default int compareRepresentations(Jsonb other) {
        return switch (this) {
            case Numeric number -> Integer.compare(number.value.scale(), ((Numeric) other).value.scale());
            case Array array -> {
                int order = 0;
                for (int i = 0; order == 0 && i < array.elements.size(); i++) {
                    order = array.elements.get(i).compareRepresentations(((Array) other).elements.get(i));
                }
                yield order;
            }
            case Members object -> {
                int order = 0;
                for (int i = 0; order == 0 && i < object.members.size(); i++) {
                    order = object.members.get(i).value.compareRepresentations(((Members) other).members.get(i).value);
                }
                yield order;
            }
            case Null ignored -> 0;
            case Text ignored -> 0;
            case Bool ignored -> 0;
        };
    }
}
