//! What a page prints around an article and what is none of it: disclaimers, paywalls, buttons, price lists, credits.
