package io.weir.jobs.expressions;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.CelType;
import dev.cel.common.types.NullableType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.Program;
import io.weir.operators.row.Column;
import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Schema;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * CEL as Weir speaks it: the standard definitions and macros, a variable for each column, which may
 * be null, and numbers that compare with each other whatever their types.
 */
final class Language {

  private static final CelOptions OPTIONS =
      CelOptions.current().enableHeterogeneousNumericComparisons(true).build();
  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.plannerRuntimeBuilder().setOptions(OPTIONS).build();
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*");
  private static final int MAX_MESSAGE = 160;

  private Language() {}

  /** Parses and type-checks a condition. */
  static CelAbstractSyntaxTree check(String expression, Schema schema)
      throws InvalidExpressionException {
    CelValidationResult result = compiler(schema).compile(expression);
    try {
      return result.getAst();
    } catch (CelValidationException e) {
      throw new InvalidExpressionException(
          e.getErrors().stream().map(Language::describe).collect(Collectors.joining("; "))
              + "; the columns are "
              + describe(schema));
    }
  }

  /** The columns that a checked condition uses. */
  static Set<String> columnsOf(CelAbstractSyntaxTree checked, Schema schema) {
    Set<String> names = new LinkedHashSet<>();
    for (CelReference reference : checked.getReferenceMap().values()) {
      if (schema.indexOf(reference.name()) >= 0) {
        names.add(reference.name());
      }
    }
    return Set.copyOf(names);
  }

  static Program program(CelAbstractSyntaxTree checked) {
    try {
      return RUNTIME.createProgram(checked);
    } catch (CelEvaluationException e) {
      throw new IllegalStateException("a checked expression cannot be planned", e);
    }
  }

  private static CelCompiler compiler(Schema schema) {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .setResultType(SimpleType.BOOL)
            .addFunctionDeclarations(mixed("_==_", "equals"), mixed("_!=_", "not_equals"));
    for (Column column : schema.columns()) {
      if (NAME.matcher(column.name()).matches()) {
        builder.addVar(column.name(), typeOf(column.type()));
      }
    }
    return builder.build();
  }

  // The checker knows < across numeric types, but == only between equal ones; the interpreter, as
  // CEL's specification asks, compares any two numbers by their values.
  private static CelFunctionDecl mixed(String operator, String id) {
    return CelFunctionDecl.newFunctionDeclaration(
        operator,
        CelOverloadDecl.newGlobalOverload(
            id + "_int64_double", SimpleType.BOOL, SimpleType.INT, SimpleType.DOUBLE),
        CelOverloadDecl.newGlobalOverload(
            id + "_double_int64", SimpleType.BOOL, SimpleType.DOUBLE, SimpleType.INT));
  }

  private static CelType typeOf(ColumnType type) {
    return switch (type) {
      case STRING, JSON -> NullableType.create(SimpleType.STRING);
      case LONG -> NullableType.create(SimpleType.INT);
      case DOUBLE -> NullableType.create(SimpleType.DOUBLE);
      case BOOLEAN -> NullableType.create(SimpleType.BOOL);
      case TIME -> SimpleType.TIMESTAMP; // Null is assignable to it as it is.
    };
  }

  private static String describe(CelIssue issue) {
    String message =
        issue
            .getMessage()
            .replace(" (in container '')", "")
            .replaceAll("wrapper\\((\\w+)\\)", "$1")
            .replaceAll("google\\.protobuf\\.T", "t")
            .replaceAll("\\s*\\(candidates: .*", "")
            .replaceAll("'!?_?([^'\\w]+)_'", "'$1'");
    String cut =
        message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) + "..." : message;
    int line = issue.getSourceLocation().getLine();
    int column = issue.getSourceLocation().getColumn() + 1;
    return (line > 1 ? "line " + line + ", " : "") + "column " + column + ": " + cut;
  }

  private static String describe(Schema schema) {
    return schema.columns().stream()
        .map(column -> column.name() + " (" + nameOf(column.type()) + ")")
        .collect(Collectors.joining(", "));
  }

  private static String nameOf(ColumnType type) {
    return switch (type) {
      case STRING, JSON -> "string";
      case LONG -> "int";
      case DOUBLE -> "double";
      case BOOLEAN -> "bool";
      case TIME -> "timestamp";
    };
  }
}
