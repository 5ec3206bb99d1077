# Reference values from R, computed by packages other than ours. Run from the repository's root:
#   Rscript tests/reference/reference.R > tests/reference/values.json
# Debian packages: r-base-core r-cran-survey r-cran-vcd r-cran-metafor

suppressMessages({
  library(survey); library(vcd); library(metafor)
})
options(digits = 17)

points <- c(0, 25, 50, 75, 100)
graded <- function(counts) rep(points, counts)

# Shares with Wilson's interval --------------------------------------------------------------------------------
shares <- list(c(69, 93), c(33, 54), c(44, 52), c(15, 47), c(4, 6), c(1, 6), c(28, 400), c(0, 30), c(30, 30))
wilson <- lapply(shares, function(s) {
  found <- suppressWarnings(prop.test(s[1], s[2], correct = FALSE))$conf.int
  list(counted = s[1], n = s[2], low = 100 * found[1], high = 100 * found[2])
})

# Indices with Student's t, and the unweighted mean by survey's svymean ------------------------------------------
samples <- list(c(5, 8, 20, 60, 180), c(40, 30, 50, 80, 100), c(3, 5, 10, 12, 14))
index <- lapply(samples, function(counts) {
  y <- graded(counts)
  found <- t.test(y)
  mean <- svymean(~y, svydesign(ids = ~1, weights = rep(1, length(y)), data = data.frame(y = y)))
  list(counts = counts, mean = mean(y), low = found$conf.int[1], high = found$conf.int[2],
       se = sd(y) / sqrt(length(y)), survey_mean = coef(mean)[[1]], survey_se = SE(mean)[[1]])
})

# Two indices: Welch's test, and the normal test from the same standard errors -------------------------------------
pairs <- list(list(samples[[1]], samples[[2]]), list(samples[[3]], samples[[2]]), list(samples[[1]], samples[[1]]))
welch <- lapply(pairs, function(p) {
  x <- graded(p[[1]]); y <- graded(p[[2]])
  found <- t.test(x, y)
  se <- sqrt(var(x) / length(x) + var(y) / length(y))
  z <- (mean(x) - mean(y)) / se
  list(first = p[[1]], second = p[[2]], difference = mean(x) - mean(y), df = found$parameter[[1]],
       p = found$p.value, low = found$conf.int[1], high = found$conf.int[2], normal_p = 2 * pnorm(-abs(z)))
})

# One share against a known one: the score test --------------------------------------------------------------------
score <- lapply(list(c(33, 54, 64), c(44, 52, 79), c(15, 47, 50)), function(s) {
  found <- prop.test(s[1], s[2], p = s[3] / 100, correct = FALSE)
  list(counted = s[1], n = s[2], against = s[3], p = found$p.value)
})

# Several comparisons: Benjamini and Hochberg ------------------------------------------------------------------------
several <- list(c(0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216),
                c(0.5, 0.01, 0.01, 0.03), c(0.04), c(1, 1, 0.2))
bh <- lapply(several, function(p) list(p = p, adjusted = p.adjust(p, "BH")))

# Two graders: kappa and its standard error by vcd (psych's differs for weighted kappa: it is not the one of Fleiss,
# Cohen and Everitt 1969, which vcd and we compute) -------------------------------------------------------------------
tables <- list(
  matrix(c(10, 4, 0, 2, 15, 3, 0, 5, 21), 3, byrow = TRUE),
  matrix(c(20, 5, 1, 0, 4, 12, 6, 1, 2, 3, 15, 4, 0, 1, 5, 31), 4, byrow = TRUE))
kappa_of <- function(m) {
  equal <- vcd::Kappa(m, weights = "Equal-Spacing")
  squared <- vcd::Kappa(m, weights = "Fleiss-Cohen")
  one <- function(found) list(value = found[["value"]], se = found[["ASE"]])
  list(table = m, none = one(equal$Unweighted), linear = one(equal$Weighted), quadratic = one(squared$Weighted))
}

# Krippendorff's alpha: from the definition, thing by thing and pair by pair (no Debian package has it) ----------------
observers <- rbind(c(1, 2, 3, 3, 2, 1, 4, 1, 2, NA, NA, NA), c(1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NA, 3),
                   c(NA, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NA), c(1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NA))
alpha_of <- function(ratings, kind) {
  kept <- ratings[, colSums(!is.na(ratings)) > 1]
  all <- kept[!is.na(kept)]
  distance <- function(a, b) {
    if (a == b) return(0)
    if (kind == "nominal") return(1)
    if (kind == "interval") return((a - b)^2)
    between <- sapply(min(a, b):max(a, b), function(g) sum(all == g))
    (sum(between) - (between[1] + between[length(between)]) / 2)^2
  }
  within <- 0
  for (thing in seq_len(ncol(kept))) {
    given <- kept[!is.na(kept[, thing]), thing]
    for (i in seq_along(given)) for (j in seq_along(given)) if (i != j)
      within <- within + distance(given[i], given[j]) / (length(given) - 1)
  }
  across <- 0
  for (i in seq_along(all)) for (j in seq_along(all)) if (i != j) across <- across + distance(all[i], all[j])
  1 - (within / length(all)) / (across / (length(all) * (length(all) - 1)))
}
alpha <- list(ratings = observers, nominal = alpha_of(observers, "nominal"),
              ordinal = alpha_of(observers, "ordinal"), interval = alpha_of(observers, "interval"))

# Direct standardisation: survey's svystandardize for the value, a stratified design for the standard error -------------
categories <- list(omsorg = c(10, 15, 20, 25, 30), bygg = c(20, 10, 5, 3, 2), fritid = c(2, 3, 5, 20, 30))
mix <- c(omsorg = 0.5, bygg = 0.1, fritid = 0.4)
answers <- do.call(rbind, lapply(names(categories), function(c) data.frame(category = c, y = graded(categories[[c]]))))
answers$category <- factor(answers$category, levels = names(categories))
answers$one <- 1
plain <- svydesign(ids = ~1, weights = ~one, data = answers)
direct <- svymean(~y, svystandardize(plain, by = ~category, over = ~1, population = mix))
answers$weight <- as.numeric(mix[as.character(answers$category)] / table(answers$category)[as.character(answers$category)])
stratified <- svymean(~y, svydesign(ids = ~1, strata = ~category, weights = ~weight, data = answers))
standardised <- list(categories = categories, mix = as.list(mix), value = coef(direct)[[1]],
                     stratified_value = coef(stratified)[[1]], se = SE(stratified)[[1]])

# Variance between municipalities, and the values shrunk by it -----------------------------------------------------------
municipal <- list(
  list(value = c(90, 84, 80, 78, 70), se = c(2.8, 1.4, 2.8, 1.4, 2.8)),
  list(value = c(82.7, 75.6, 86, 87.8, 83, 79.4, 73.8, 91.5), se = c(1.7, 2.1, 1.2, 2.6, 1.4, 3.1, 1.9, 2.2)),
  list(value = c(80, 81, 79, 80.5, 79.5), se = rep(5, 5)))
between <- lapply(municipal, function(m) {
  one <- function(method) {
    found <- rma(yi = m$value, sei = m$se, method = method, control = list(tol = 1e-12, maxiter = 10000))
    shrunk <- blup(found)
    list(tau2 = found$tau2, mean = found$beta[[1]], shrunk = as.numeric(shrunk$pred), se = as.numeric(shrunk$se))
  }
  c(m, list(dersimonian_laird = one("DL"), paule_mandel = one("PM")))
})

# Studentised range -----------------------------------------------------------------------------------------------------
range <- lapply(c(2, 5, 20, 67, 100), function(k) list(count = k, critical = qtukey(0.95, k, Inf) / sqrt(2)))

# JSON by hand: base R has no writer ---------------------------------------------------------------------------------------
json <- function(x) {
  if (is.matrix(x)) return(paste0("[", paste(apply(x, 1, function(r) json(as.numeric(r))), collapse = ", "), "]"))
  if (is.list(x) && !is.null(names(x)))
    return(paste0("{", paste0('"', names(x), '": ', sapply(x, json), collapse = ", "), "}"))
  if (is.list(x)) return(paste0("[", paste(sapply(x, json), collapse = ",\n  "), "]"))
  if (is.character(x)) return(paste0('"', x, '"'))
  text <- ifelse(is.na(x), "null", formatC(x, digits = 15, format = "g"))
  if (length(x) == 1) return(trimws(text))
  paste0("[", paste(trimws(text), collapse = ", "), "]")
}
versions <- list(R = R.version$version.string, survey = as.character(packageVersion("survey")),
                 vcd = as.character(packageVersion("vcd")),
                 metafor = as.character(packageVersion("metafor")))
values <- list(versions = versions, wilson = wilson, index = index, welch = welch, score = score, bh = bh,
               kappa = lapply(tables, kappa_of), alpha = alpha, standardised = standardised, between = between,
               range = range)
cat(paste0("{\n", paste0('"', names(values), '": ', sapply(values, json), collapse = ",\n"), "\n}\n"))
