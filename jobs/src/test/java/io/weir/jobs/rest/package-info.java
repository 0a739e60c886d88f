@NullMarked
package io.weir.jobs.rest;

import org.jspecify.annotations.NullMarked;
