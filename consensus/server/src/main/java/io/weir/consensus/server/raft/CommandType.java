package io.weir.consensus.server.raft;

import io.atomix.primitive.PrimitiveBuilder;
import io.atomix.primitive.PrimitiveManagementService;
import io.atomix.primitive.PrimitiveType;
import io.atomix.primitive.PrimitiveTypeRegistry;
import io.atomix.primitive.SyncPrimitive;
import io.atomix.primitive.config.PrimitiveConfig;
import io.atomix.primitive.service.PrimitiveService;
import io.atomix.primitive.service.ServiceConfig;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** The one kind of state machine Atomix finds on a node. */
@SuppressWarnings({"rawtypes", "unchecked"}) // Atomix' own signatures are raw
final class CommandType
    implements PrimitiveType<PrimitiveBuilder, PrimitiveConfig, SyncPrimitive>,
        PrimitiveTypeRegistry {

  static final String NAME = "weir-commands";

  private final Supplier<PrimitiveService> services;

  CommandType(Supplier<PrimitiveService> services) {
    this.services = services;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public PrimitiveService newService(ServiceConfig config) {
    return services.get();
  }

  @Override
  public Collection<PrimitiveType> getPrimitiveTypes() {
    return List.of(this);
  }

  @Override
  public PrimitiveType getPrimitiveType(String typeName) {
    if (!typeName.equals(NAME)) {
      throw new IllegalArgumentException("no state machine of type " + typeName);
    }
    return this;
  }

  @Override
  public PrimitiveConfig newConfig() {
    throw new UnsupportedOperationException("no Atomix client is made for it");
  }

  @Override
  public PrimitiveBuilder newBuilder(
      String primitiveName, PrimitiveConfig config, PrimitiveManagementService managementService) {
    throw new UnsupportedOperationException("no Atomix client is made for it");
  }
}
