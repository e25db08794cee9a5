package dev.millrace.sql.parser;

import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.BY;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.COMMA;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.FROM;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.HAVING;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.IDENTIFIER;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.JOIN;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.LIMIT;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.LPAREN;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.ORDINALITY;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.QUOTED_IDENTIFIER;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.RPAREN;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.SELECT;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.SET;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.TABLE;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.UNNEST;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.VALUES;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.WHERE;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.WITH;

import dev.millrace.error.ErrorCode;
import dev.millrace.sql.tablefunction.TableFunctions;
import dev.millrace.sql.tablefunction.TableOperator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.babel.Token;
import org.apache.calcite.sql.util.SqlShuttle;

/**
 * Gives a table function in FROM what Postgres gives it: without an alias it is called as the function is, its one column, if it has no name of its own, as it is if no other name is given, and it may speak of
 * the tables on its left without LATERAL. One in a select list becomes one in FROM.
 */
final class FunctionTables extends SqlShuttle {
    private static final Set<Integer> CLAUSES = Set.of(SELECT, FROM, WHERE, BY, HAVING, VALUES, SET, LIMIT);

    private final SourceText source;

    FunctionTables(SourceText source) {
        this.source = source;
    }

    /** {@code unnest}, for which the parser has a notation of its own, is a function's name like others. */
    static Token unnest(Token token) {
        if (token.kind == UNNEST) {
            token.kind = IDENTIFIER;
        }
        return token;
    }

    /** Writes {@code f(x) WITH ORDINALITY} as the call of a function with that in its name. */
    static List<Token> rewrite(List<Token> tokens) {
        for (int i = tokens.size() - 2; i > 0; i--) {
            boolean numbered = tokens.get(i).kind == WITH
                    && tokens.get(i + 1).kind == ORDINALITY
                    && tokens.get(i - 1).kind == RPAREN;
            if (numbered) {
                int depth = 1;
                int open = i - 1;
                while (depth > 0 && open > 0) {
                    open--;
                    int kind = tokens.get(open).kind;
                    depth += kind == RPAREN ? 1 : kind == LPAREN ? -1 : 0;
                }
                Token name = tokens.get(Math.max(open - 1, 0));
                if (name.kind == IDENTIFIER) {
                    name.kind = QUOTED_IDENTIFIER;
                    name.image = '"' + name.image.toLowerCase(Locale.ROOT) + TableOperator.ORDINALITY + '"';
                    tokens.subList(i, i + 2).clear();
                }
            }
        }
        return withTable(tokens);
    }

    /** Writes {@code f(x)} in FROM as {@code TABLE(f(x))}: without the word the parser takes no calls among the arguments. */
    private static List<Token> withTable(List<Token> tokens) {
        for (int i = tokens.size() - 2; i > 0; i--) {
            Token name = tokens.get(i);
            boolean call = (name.kind == IDENTIFIER || name.kind == QUOTED_IDENTIFIER)
                    && tokens.get(i + 1).kind == LPAREN
                    && TableFunctions.find(name.image.replace("\"", "")).isPresent();
            if (call && isTable(tokens, i)) {
                int depth = 0;
                int end = i;
                do {
                    end++;
                    depth += tokens.get(end).kind == LPAREN ? 1 : tokens.get(end).kind == RPAREN ? -1 : 0;
                } while (depth > 0 && end + 1 < tokens.size());
                tokens.add(end + 1, InfixCasts.made(RPAREN, ")", tokens.get(end)));
                tokens.add(i, InfixCasts.made(LPAREN, "(", name));
                tokens.add(i, InfixCasts.made(TABLE, "TABLE", name));
            }
        }
        return tokens;
    }

    private static boolean isTable(List<Token> tokens, int name) {
        int before = tokens.get(name - 1).kind;
        if (before != COMMA) {
            return before == FROM || before == JOIN;
        }
        int depth = 0;
        for (int at = name - 1; at >= 0 && depth >= 0; at--) {
            int kind = tokens.get(at).kind;
            depth += kind == RPAREN ? 1 : kind == LPAREN ? -1 : 0;
            if (depth == 0 && CLAUSES.contains(kind)) {
                return kind == FROM;
            }
        }
        return false;
    }

    @Override
    public SqlNode visit(SqlCall call) {
        SqlNode visited = super.visit(call);
        if (visited instanceof SqlSelect select) {
            SelectedRows.moveToFrom(select, source);
            if (select.getFrom() != null) {
                select.setFrom(named(select.getFrom(), source));
                ScalarAliases.replaceIn(select);
            }
        } else if (visited instanceof SqlOrderBy ordered && ordered.query instanceof SqlSelect select) {
            return ScalarAliases.replaceIn(ordered, select);
        } else if (visited instanceof SqlJoin join) {
            join.setLeft(named(join.getLeft(), source));
            join.setRight(named(join.getRight(), source));
        }
        return visited;
    }

    /** A table function with an alias and names for all of its columns; other tables as they are. */
    static SqlNode named(SqlNode table, SourceText source) {
        boolean aliased = table.getKind() == SqlKind.AS;
        SqlNode given = aliased ? ((SqlCall) table).operand(0) : table;
        SqlNode function = given.getKind() == SqlKind.LATERAL ? ((SqlCall) given).operand(0) : given;
        if (!(function instanceof SqlBasicCall call) || call.getKind() != SqlKind.COLLECTION_TABLE) {
            return table;
        }
        SqlParserPos position = function.getParserPosition();
        SqlCall named = call.operand(0);
        List<SqlNode> operands = new ArrayList<>();
        operands.add(SqlStdOperatorTable.LATERAL.createCall(position, function));
        if (aliased) {
            operands.addAll(((SqlCall) table).getOperandList().subList(1, ((SqlCall) table).operandCount()));
        } else {
            operands.add(new SqlIdentifier(
                    named.getOperator().getName().toLowerCase(Locale.ROOT).replace(TableOperator.ORDINALITY, ""),
                    position));
        }
        List<String> columns = columns(named, ((SqlIdentifier) operands.get(1)).getSimple());
        if (isUnnamed(columns, operands.size() - 2)) {
            throw source.error(
                    ErrorCode.UNSUPPORTED_SQL,
                    "unnest of several arrays without names for its columns cannot be kept live yet; write AS t(a, b)",
                    position.getLineNum(),
                    position.getColumnNum());
        }
        for (String column : columns.subList(Math.min(operands.size() - 2, columns.size()), columns.size())) {
            operands.add(new SqlIdentifier(column, position));
        }
        return SqlStdOperatorTable.AS.createCall(position, operands);
    }

    /** Whether two columns would have one name. */
    private static boolean isUnnamed(List<String> columns, int given) {
        return Collections.frequency(columns.subList(Math.min(given, columns.size()), columns.size()), "unnest") > 1;
    }

    private static List<String> columns(SqlCall function, String alias) {
        Optional<TableOperator> known =
                TableFunctions.find(function.getOperator().getName());
        List<String> columns =
                new ArrayList<>(known.map(TableOperator::columnNames).orElse(List.of()));
        boolean several =
                known.isPresent() && known.get().getName().startsWith("unnest") && function.operandCount() > 1;
        if (several) {
            columns.addAll(Collections.nCopies(function.operandCount(), "unnest"));
        } else if (columns.isEmpty()) {
            columns.add(alias);
        }
        if (function.getOperator().getName().endsWith(TableOperator.ORDINALITY)) {
            columns.add("ordinality");
        }
        return columns;
    }
}
