/** What was measured, as JSON and as a page with plots that needs nothing else. */
@NullMarked
package io.cartwheel.benchmarks.report;

import org.jspecify.annotations.NullMarked;
