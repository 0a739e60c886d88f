package io.weir.jobs.formats;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.weir.operators.intake.BrokenRecordException;
import io.weir.operators.intake.Decoder;
import io.weir.operators.row.Row;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads records that are one JSON object each (RFC 8259). A column named {@code a.b} is the member
 * b of the object a, or a member that is itself named {@code a.b}.
 */
final class JsonDecoder implements Decoder<Row> {

  private static final long serialVersionUID = 1;

  // Names are data here: interning them, or failing on many of them, would let a sender hurt us.
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .build();

  private final List<InputColumn> columns;
  private final int size;
  private transient @Nullable Member root;
  private transient @Nullable RowBuilder builder;

  JsonDecoder(List<InputColumn> columns, int size) {
    this.columns = columns;
    this.size = size;
  }

  @Override
  public void open() {
    Member made = new Member();
    columns.forEach(made::add);
    root = made;
    builder = new RowBuilder(size);
  }

  @Override
  public void decode(byte[] bytes, Values<Row> values) throws BrokenRecordException {
    if (root == null || builder == null) {
      throw new IllegalStateException("the decoder is not open");
    }
    builder.begin();
    try (JsonParser parser = FACTORY.createParser(bytes)) {
      readRecord(parser, root, builder);
    } catch (JsonProcessingException e) {
      throw new BrokenRecordException("JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new BrokenRecordException("JSON: " + e.getMessage());
    }
    builder.finish(values);
  }

  private static void readRecord(JsonParser parser, Member root, RowBuilder row)
      throws IOException, BrokenRecordException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new BrokenRecordException("JSON: the record is no object");
    }
    readObject(parser, root, row);
    if (parser.nextToken() != null) {
      throw new BrokenRecordException("JSON: something follows the object");
    }
  }

  private static void readObject(JsonParser parser, Member object, RowBuilder row)
      throws IOException, BrokenRecordException {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      Member member = object.members.get(name);
      JsonToken token = parser.nextToken();
      if (member == null) {
        parser.skipChildren();
      } else if (member.column != null) {
        readValue(parser, token, member.column, row);
      } else {
        readNested(parser, token, name, member, row);
      }
    }
  }

  private static void readNested(
      JsonParser parser, JsonToken token, String name, Member member, RowBuilder row)
      throws IOException, BrokenRecordException {
    if (member.comesAgain(row.record())) {
      member.clear(row);
    }
    if (token == JsonToken.START_OBJECT) {
      readObject(parser, member, row);
    } else if (token != JsonToken.VALUE_NULL) {
      throw new BrokenRecordException("member " + name + " must be an object");
    }
  }

  private static void readValue(
      JsonParser parser, JsonToken token, InputColumn column, RowBuilder row)
      throws IOException, BrokenRecordException {
    if (token == JsonToken.VALUE_NULL) {
      row.setNull(column);
      return;
    }
    switch (column.type()) {
      case STRING, JSON -> row.setText(column, text(parser, token, column));
      case LONG -> row.setNumber(column, whole(parser, token, column));
      case DOUBLE -> row.setDouble(column, number(parser, token, column));
      case BOOLEAN -> row.setBoolean(column, bool(parser, token, column));
      case TIME -> readTime(parser, token, column, row);
    }
  }

  private static String text(JsonParser parser, JsonToken token, InputColumn column)
      throws IOException, BrokenRecordException {
    if (token != JsonToken.VALUE_STRING) {
      throw column.broken(found(parser, token));
    }
    return parser.getText();
  }

  private static long whole(JsonParser parser, JsonToken token, InputColumn column)
      throws IOException, BrokenRecordException {
    if (token != JsonToken.VALUE_NUMBER_INT
        || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      throw column.broken(found(parser, token));
    }
    return parser.getLongValue();
  }

  private static double number(JsonParser parser, JsonToken token, InputColumn column)
      throws IOException, BrokenRecordException {
    if (!token.isNumeric()) {
      throw column.broken(found(parser, token));
    }
    return parser.getDoubleValue();
  }

  private static boolean bool(JsonParser parser, JsonToken token, InputColumn column)
      throws IOException, BrokenRecordException {
    if (!token.isBoolean()) {
      throw column.broken(found(parser, token));
    }
    return token == JsonToken.VALUE_TRUE;
  }

  private static void readTime(
      JsonParser parser, JsonToken token, InputColumn column, RowBuilder row)
      throws IOException, BrokenRecordException {
    if (column.unit() != TimeSettings.Unit.ISO) {
      row.setInstant(column, whole(parser, token, column));
      return;
    }
    long micros =
        token == JsonToken.VALUE_STRING
            ? Instants.parseIso(
                parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength())
            : Instants.INVALID;
    if (micros == Instants.INVALID) {
      throw column.broken(found(parser, token));
    }
    row.setMicros(column, micros);
  }

  private static String found(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> '"' + parser.getText() + '"';
      default -> parser.getText();
    };
  }

  /** What is wanted of an object, member by member. */
  private static final class Member {
    private final Map<String, Member> members = new HashMap<>();
    private final @Nullable InputColumn column;
    private long lastRecord;

    Member() {
      this(null);
    }

    private Member(@Nullable InputColumn column) {
      this.column = column;
    }

    void add(InputColumn added) {
      members.put(added.name(), new Member(added));
      int dot = added.name().indexOf('.');
      if (dot > 0) {
        addNested(added.name(), added);
      }
    }

    // A plain name wins over the object of a dotted one: both cannot be read from one member.
    private void addNested(String path, InputColumn added) {
      int dot = path.indexOf('.');
      if (dot < 0) {
        members.put(path, new Member(added));
        return;
      }
      Member child = members.computeIfAbsent(path.substring(0, dot), name -> new Member());
      child.addNested(path.substring(dot + 1), added);
    }

    /** Whether the record had this member before; then only what comes now counts. */
    boolean comesAgain(long record) {
      boolean again = record == lastRecord;
      lastRecord = record;
      return again;
    }

    void clear(RowBuilder row) {
      for (Member member : members.values()) {
        if (member.column != null) {
          row.setNull(member.column);
        } else {
          member.clear(row);
        }
      }
    }
  }
}
