package io.weir.jobs.dubbo;

import org.apache.dubbo.config.ApplicationConfig;
import org.apache.dubbo.rpc.model.ApplicationModel;
import org.apache.dubbo.rpc.model.FrameworkModel;
import org.apache.dubbo.rpc.model.ModuleModel;

/** One application of Dubbo in a process, without registry, console and metadata. */
final class Dubbo {

  /**
   * 127.0.0.1 as one number: written with dots, Dubbo would take another address of this machine to
   * connect to, and listen to all of them.
   */
  static final String LOOPBACK = "2130706433";

  private Dubbo() {}

  static ModuleModel start(String name) {
    ApplicationConfig application = new ApplicationConfig(name);
    application.setQosEnable(false);
    // By application, it would offer a service of its own at a fixed port.
    application.setRegisterMode("interface");
    // No call is under way when a process ends, see Tracing; ten seconds otherwise.
    application.setShutwait("100");
    ApplicationModel model = FrameworkModel.defaultModel().newApplication();
    model.getApplicationConfigManager().setApplication(application);
    return model.newModule();
  }

  /** Ends what runs, so that the process can end. */
  static void stop() {
    FrameworkModel.destroyAll();
  }
}
