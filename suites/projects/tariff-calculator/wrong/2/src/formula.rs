//! Formulas, read and worked out.

use crate::amount::Amount;
use crate::token::{tokens, Token};

/// What is to be worked out.
#[derive(Debug, Clone)]
pub enum Formula {
    Number(Amount),
    Name(String),
    Negated(Box<Formula>),
    Binary(char, Box<Formula>, Box<Formula>),
    Call(Function, Vec<Formula>),
}

#[derive(Debug, Clone, Copy)]
pub enum Function {
    Min,
    Max,
    Band,
}

impl Formula {
    pub fn parse(text: &str) -> Result<Formula, String> {
        let tokens = tokens(text)?;
        let mut parser = Parser { end: text.chars().count() + 1, tokens, at: 0 };
        let formula = parser.sum()?;
        match parser.tokens.get(parser.at) {
            None => Ok(formula),
            Some(_) => Err(parser.unexpected()),
        }
    }

    /// The formula's amount; `value` gives that of a name.
    pub fn amount(&self, value: &dyn Fn(&str) -> Option<Amount>) -> Result<Amount, String> {
        Ok(match self {
            Formula::Number(amount) => *amount,
            Formula::Name(name) => value(name).ok_or(format!("unknown name {name}"))?,
            Formula::Negated(formula) => formula.amount(value)?.negate(),
            Formula::Binary(sign, left, right) => {
                let (left, right) = (left.amount(value)?, right.amount(value)?);
                match sign {
                    '+' => left.add(right),
                    '-' => left.subtract(right),
                    '*' => left.multiply(right),
                    _ => left.divide(right).ok_or("division by 0")?,
                }
            }
            Formula::Call(function, arguments) => {
                let amounts: Vec<Amount> = arguments.iter().map(|each| each.amount(value)).collect::<Result<_, _>>()?;
                match function {
                    Function::Min => amounts.into_iter().min().unwrap_or_default(),
                    Function::Max => amounts.into_iter().max().unwrap_or_default(),
                    Function::Band => amounts[0].min(amounts[2]).subtract(amounts[1]).max(Amount::default()),
                }
            }
        })
    }
}

struct Parser {
    tokens: Vec<(Token, usize)>,
    at: usize,
    /// The column behind the text.
    end: usize,
}

impl Parser {
    fn sum(&mut self) -> Result<Formula, String> {
        let mut left = self.product()?;
        while let Some(sign) = self.symbol_of(&['+', '-']) {
            let right = self.product()?;
            left = Formula::Binary(sign, Box::new(left), Box::new(right));
        }
        Ok(left)
    }

    fn product(&mut self) -> Result<Formula, String> {
        let mut left = self.factor()?;
        while let Some(sign) = self.symbol_of(&['*', '/']) {
            let right = self.factor()?;
            left = Formula::Binary(sign, Box::new(left), Box::new(right));
        }
        Ok(left)
    }

    fn factor(&mut self) -> Result<Formula, String> {
        if self.symbol_of(&['-']).is_some() {
            return Ok(Formula::Negated(Box::new(self.factor()?)));
        }
        if self.symbol_of(&['(']).is_some() {
            let inner = self.sum()?;
            self.expect(')')?;
            return Ok(inner);
        }
        let Some((token, column)) = self.tokens.get(self.at).cloned() else { return Err(self.unexpected()) };
        match token {
            Token::Number(amount) => {
                self.at += 1;
                Ok(Formula::Number(amount))
            }
            Token::Name(name) => {
                self.at += 1;
                if self.symbol_of(&['(']).is_some() {
                    return self.call(&name, column);
                }
                Ok(Formula::Name(name))
            }
            Token::Symbol(_) => Err(self.unexpected()),
        }
    }

    fn call(&mut self, name: &str, column: usize) -> Result<Formula, String> {
        let function = match name {
            "min" => Function::Min,
            "max" => Function::Max,
            "band" => Function::Band,
            _ => return Err(format!("no function {name} at {column}")),
        };
        let mut arguments = vec![self.sum()?];
        while self.symbol_of(&[',']).is_some() {
            arguments.push(self.sum()?);
        }
        self.expect(')')?;
        if matches!(function, Function::Band) && arguments.len() != 3 {
            return Err(format!("band takes 3 arguments, not {}, at {column}", arguments.len()));
        }
        Ok(Formula::Call(function, arguments))
    }

    /// The next token, if it is one of these symbols.
    fn symbol_of(&mut self, symbols: &[char]) -> Option<char> {
        match self.tokens.get(self.at) {
            Some((Token::Symbol(symbol), _)) if symbols.contains(symbol) => {
                self.at += 1;
                Some(*symbol)
            }
            _ => None,
        }
    }

    fn expect(&mut self, symbol: char) -> Result<(), String> {
        self.symbol_of(&[symbol]).map(|_| ()).ok_or_else(|| self.unexpected())
    }

    fn unexpected(&self) -> String {
        match self.tokens.get(self.at) {
            None => format!("unexpected end at {}", self.end),
            Some((Token::Number(amount), column)) => format!("unexpected {amount} at {column}"),
            Some((Token::Name(name), column)) => format!("unexpected {name} at {column}"),
            Some((Token::Symbol(symbol), column)) => format!("unexpected {symbol} at {column}"),
        }
    }
}
