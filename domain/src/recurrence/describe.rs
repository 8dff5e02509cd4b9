//! placeholder
use super::RuleSet;
/// Says it.
pub fn describe(rules: &RuleSet) -> String {
    rules.to_string()
}
