/** The engines' own command line clients in the containers of their servers, and how to log in. */
@NullMarked
package io.statefulkit.handle.client;

import org.jspecify.annotations.NullMarked;
