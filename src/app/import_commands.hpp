#pragma once

namespace CLI {
class App;
}

namespace kith::app {

class CommandLine;

/// `kith import members`, `essays`, `discourse` and `nodebb`, beside what rooms import themselves.
void declare_imports(CLI::App& root, CommandLine& line);

}  // namespace kith::app
