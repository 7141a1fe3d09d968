#include "welcome/welcome_demo.hpp"

#include "talk/greeters.hpp"
#include "welcome/welcome_handlers.hpp"

namespace kith::welcome {

void welcome_demo(web::Site& site, database::Write& write, DemoPeople const& people) {
    static_cast<void>(talk::name_greeter(write, people.greeter, site.now()));
    talk::set_greeting(write, people.greeter, "Here most evenings, and glad of short hellos.");
    Hello hello;
    hello.author = people.newcomer;
    hello.greeter = people.greeter;
    hello.markdown =
        "Good evening. I moved to the street in October and know the bakery and nobody else yet. "
        "I like being asked about bread.";
    hello.at = site.now();
    static_cast<void>(say_hello(site, write, hello));
    travel(site, write);
}

}  // namespace kith::welcome
