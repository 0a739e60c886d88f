package io.weir.jobs.dubbo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.apache.dubbo.config.ProtocolConfig;
import org.apache.dubbo.config.RegistryConfig;
import org.apache.dubbo.config.ServiceConfig;

/** The provider's process. Says its port, {@code ready 20880}, and goes on until its input ends. */
final class StockProvider {

  static final String SERVICE = "stock";

  private StockProvider() {}

  /** Argument: address of the receiver of spans. */
  public static void main(String[] args) throws IOException {
    WaitingStock stock = new WaitingStock();
    Tracing tracing = Tracing.start(SERVICE, args[0]);
    System.out.println("ready " + export(stock));
    while (System.in.read() >= 0) {}
    stock.end();
    tracing.end();
    Dubbo.stop();
  }

  private static int export(Stock stock) throws IOException {
    ProtocolConfig protocol = new ProtocolConfig("dubbo", freePort());
    protocol.setHost(Dubbo.LOOPBACK);
    ServiceConfig<Stock> service = new ServiceConfig<>();
    service.setScopeModel(Dubbo.start(SERVICE));
    service.setInterface(Stock.class);
    service.setRef(stock);
    service.setProtocol(protocol);
    service.setRegistry(new RegistryConfig(RegistryConfig.NO_AVAILABLE));
    service.export();
    return protocol.getPort();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket =
        new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      return socket.getLocalPort();
    }
  }
}
