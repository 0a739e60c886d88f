package io.weir.operators.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RawRecordSerializerTest {

  private static final TypeSerializer<RawRecord> SERIALIZER =
      TypeInformation.of(RawRecord.class).createSerializer(new SerializerConfigImpl());

  @Test
  void isFoundByTheClassAlone() {
    assertThat(SERIALIZER).isInstanceOf(RawRecordSerializer.class);
  }

  @ParameterizedTest
  @EnumSource
  void readsWhatItWrote(RawRecord.Mark mark) throws IOException {
    byte[] bytes = "Grüße\n".getBytes(StandardCharsets.UTF_8);
    RawRecord record = new RawRecord(mark, "größe/a.log", Long.MAX_VALUE, bytes, null);

    RawRecord read = roundTrip(record);

    assertThat(read).usingRecursiveComparison().isEqualTo(record);
  }

  @Test
  void passesRecordsOnUncopied() {
    RawRecord record = RawRecord.finished("a");

    assertThat(SERIALIZER.isImmutableType()).isTrue();
    assertThat(SERIALIZER.copy(record)).isSameAs(record);
  }

  private static RawRecord roundTrip(RawRecord record) throws IOException {
    DataOutputSerializer first = new DataOutputSerializer(8);
    SERIALIZER.serialize(record, first);
    DataOutputSerializer second = new DataOutputSerializer(8);
    SERIALIZER.copy(new DataInputDeserializer(first.getCopyOfBuffer()), second);
    return SERIALIZER.deserialize(new DataInputDeserializer(second.getCopyOfBuffer()));
  }
}
