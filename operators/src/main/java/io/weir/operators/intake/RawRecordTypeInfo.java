package io.weir.operators.intake;

import io.weir.operators.row.SerializedTypeInfo;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * The Flink type of a stream of raw records. Flink would take the record apart by reflection and
 * copy its bytes between chained operators; its own serializer does neither.
 */
public final class RawRecordTypeInfo extends SerializedTypeInfo<RawRecord> {

  public static final RawRecordTypeInfo INSTANCE = new RawRecordTypeInfo();

  private static final long serialVersionUID = 1;

  private RawRecordTypeInfo() {
    super(RawRecord.class, RawRecordSerializer.INSTANCE, false);
  }

  /** Lets Flink find the type by the class alone. */
  public static final class Factory extends TypeInfoFactory<RawRecord> {
    @Override
    public TypeInformation<RawRecord> createTypeInfo(
        Type type, Map<String, TypeInformation<?>> parameters) {
      return INSTANCE;
    }
  }
}
