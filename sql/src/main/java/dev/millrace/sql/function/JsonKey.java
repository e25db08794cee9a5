package dev.millrace.sql.function;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.expression.Function;
import dev.millrace.dataflow.row.DataType;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A value as the key of a member of an object in JSON. */
record JsonKey(DataType type) implements Function {
    static Expression of(Expression key) {
        ZonedFunction.requireUtc(key.type(), "a key of json");
        return key.type() == DataType.TEXT
                ? key
                : new Expression.Call(new JsonKey(key.type()), List.of(key), DataType.TEXT);
    }

    @Override
    public String name() {
        return "as key";
    }

    @Override
    public boolean mayFail() {
        return isDocument();
    }

    private boolean isDocument() {
        return type.isArray() || type == DataType.JSON || type == DataType.JSONB;
    }

    @Override
    public Object apply(@Nullable Object[] arguments) {
        if (isDocument()) {
            throw DataErrors.of("key value must be scalar, not array, composite, or json");
        }
        return JsonForm.text(Objects.requireNonNull(arguments[0]), type);
    }
}
