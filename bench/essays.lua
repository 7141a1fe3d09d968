-- For wrk: pages of essays by chance, of as many as there are. Arguments: cookie, number.
local cookie, number = "", 1

function init(arguments)
  cookie, number = arguments[1], tonumber(arguments[2])
  math.randomseed(20261122)
end

function request()
  local path = "/essays/bench-" .. math.random(0, number - 1)
  return wrk.format("GET", path, { ["Cookie"] = cookie })
end
