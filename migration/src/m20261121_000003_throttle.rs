//! How often somebody has tried: one counter per account or device, under a name that only the server can work out.

use crate::sql::Step;

pub(crate) const STEP: Step = Step::of("m20261121_000003_throttle", &[TABLES]);

const TABLES: &str = "
CREATE TABLE attempts (
    name {bytes} PRIMARY KEY,
    failures {big} NOT NULL,
    first_at {big} NOT NULL,
    last_at {big} NOT NULL,
    open_at {big} NOT NULL
) {strict};

CREATE INDEX attempts_by_age ON attempts (last_at);
";
