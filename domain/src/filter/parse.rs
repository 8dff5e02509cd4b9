//! Builds the tree: `or` binds loosest, then standing side by side, then `-`. Depth and length are bounded.

use super::{
    Expression, Filter, FilterError,
    terms::{self, Read},
    words::{Kind, Token, split},
};

/// Reads a whole filter.
pub(super) fn parse(text: &str) -> Result<Filter, FilterError> {
    let length = text.chars().count();
    if length > Filter::LONGEST {
        let detail = format!("A filter has at most {} characters; this one has {length}", Filter::LONGEST);
        return Err(FilterError { code: "too_long", detail, start: Filter::LONGEST, end: length });
    }
    if let Some(place) = text.chars().position(char::is_control) {
        let detail = "Remove the control characters from this filter".to_owned();
        return Err(FilterError { code: "control_character", detail, start: place, end: place + 1 });
    }
    let tokens = split(text)?;
    let mut parser = Parser { tokens: &tokens, at: 0, depth: 0, terms: 0, filter: Filter::default() };
    if !tokens.is_empty() {
        parser.filter.expression = parser.any()?;
    }
    match parser.peek() {
        Some(token) => Err(fault(token, "unmatched_parenthesis", "There is no opening parenthesis for this one")),
        None => Ok(parser.filter),
    }
}

struct Parser<'a> {
    tokens: &'a [Token],
    at: usize,
    depth: usize,
    terms: usize,
    filter: Filter,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn take(&mut self, is_wanted: impl Fn(&Kind) -> bool) -> Option<Token> {
        let token = self.peek().filter(|token| is_wanted(&token.kind))?.clone();
        self.at += 1;
        Some(token)
    }

    /// Alternatives. What only orders the list is no condition, so nothing may come of it.
    fn any(&mut self) -> Result<Option<Expression>, FilterError> {
        let first = self.all()?;
        let mut alternatives: Vec<Expression> = first.into_iter().collect();
        while let Some(or) = self.take(is_or) {
            let next = self.all()?;
            if alternatives.is_empty() || next.is_none() {
                return Err(fault(
                    &or,
                    "missing_operand",
                    "An order is no alternative: “or” stands between conditions",
                ));
            }
            alternatives.extend(next);
        }
        Ok(join(alternatives, Expression::Or))
    }

    fn all(&mut self) -> Result<Option<Expression>, FilterError> {
        let mut parts = Vec::new();
        let mut is_first = true;
        loop {
            let and = self.take(is_and);
            let ends = self.peek().is_none_or(|token| token.kind == Kind::Close || is_or(&token.kind));
            match (ends, &and, is_first) {
                (true, None, false) => return Ok(join(parts, Expression::And)),
                (true, ..) | (false, Some(_), true) => return Err(self.missing(and.as_ref())),
                (false, ..) => parts.extend(self.one()?),
            }
            is_first = false;
        }
    }

    fn missing(&self, near: Option<&Token>) -> FilterError {
        let token = near.or(self.peek()).or(self.tokens.last());
        let (start, end) = token.map_or((0, 0), |token| (token.start, token.end));
        let detail = "A condition is missing here".to_owned();
        FilterError { code: "missing_operand", detail, start, end }
    }

    fn one(&mut self) -> Result<Option<Expression>, FilterError> {
        if let Some(not) = self.take(is_not) {
            let inner = self.deeper(&not, Self::one)?;
            return match inner {
                Some(inner) => Ok(Some(negated(inner))),
                None => Err(fault(&not, "missing_operand", "Only a condition can be turned round")),
            };
        }
        if let Some(open) = self.take(|kind| *kind == Kind::Open) {
            let inner = self.deeper(&open, Self::any)?;
            return match self.take(|kind| *kind == Kind::Close) {
                Some(_) => Ok(inner),
                None => Err(fault(&open, "unmatched_parenthesis", "This parenthesis is not closed")),
            };
        }
        match self.peek() {
            Some(Token { kind: Kind::Word { .. }, .. }) => self.word(),
            _ => Err(self.missing(None)),
        }
    }

    fn deeper<T>(
        &mut self,
        at: &Token,
        read: impl FnOnce(&mut Self) -> Result<T, FilterError>,
    ) -> Result<T, FilterError> {
        self.depth += 1;
        if self.depth > Filter::DEEPEST {
            return Err(fault(at, "too_deep", format!("Conditions nest at most {} levels deep", Filter::DEEPEST)));
        }
        let read = read(self)?;
        self.depth -= 1;
        Ok(read)
    }

    fn word(&mut self) -> Result<Option<Expression>, FilterError> {
        let (read, used) = terms::read(&self.tokens[self.at..])?;
        let token =
            Token { kind: Kind::And, start: self.tokens[self.at].start, end: self.tokens[self.at + used - 1].end };
        self.at += used;
        self.terms += 1;
        if self.terms > Filter::MOST_TERMS {
            return Err(fault(&token, "too_many", format!("A filter has at most {} conditions", Filter::MOST_TERMS)));
        }
        match read {
            Read::Condition(expression) => return Ok(Some(expression)),
            Read::Sort(_) | Read::Order(_) if self.depth > 0 => {
                return Err(fault(&token, "misplaced_order", "Say the order outside of parentheses"));
            }
            Read::Sort(_) if self.filter.sort.is_some() => {
                return Err(fault(&token, "repeated_order", "Say only once what to sort by"));
            }
            Read::Order(_) if self.filter.order.is_some() => {
                return Err(fault(&token, "repeated_order", "Say only once which way to sort"));
            }
            Read::Sort(sort) => self.filter.sort = Some(sort),
            Read::Order(order) => self.filter.order = Some(order),
        }
        Ok(None)
    }
}

/// The parts as one condition, those of the same kind taken up into it.
fn join(parts: Vec<Expression>, whole: fn(Vec<Expression>) -> Expression) -> Option<Expression> {
    let is_and = matches!(whole(Vec::new()), Expression::And(_));
    let mut flat = Vec::new();
    for part in parts {
        match part {
            Expression::And(inner) if is_and => flat.extend(inner),
            Expression::Or(inner) if !is_and => flat.extend(inner),
            part => flat.push(part),
        }
    }
    if flat.len() < 2 { flat.pop() } else { Some(whole(flat)) }
}

fn negated(expression: Expression) -> Expression {
    match expression {
        Expression::Not(inner) => *inner,
        expression => Expression::Not(Box::new(expression)),
    }
}

fn is_word(kind: &Kind, word: &str) -> bool {
    matches!(kind, Kind::Word { head, quoted: None } if head.eq_ignore_ascii_case(word))
}

fn is_or(kind: &Kind) -> bool {
    *kind == Kind::Or || is_word(kind, "or")
}

fn is_and(kind: &Kind) -> bool {
    *kind == Kind::And || is_word(kind, "and")
}

fn is_not(kind: &Kind) -> bool {
    *kind == Kind::Not || is_word(kind, "not")
}

pub(super) fn fault(at: &Token, code: &'static str, detail: impl Into<String>) -> FilterError {
    FilterError { code, detail: detail.into(), start: at.start, end: at.end }
}
